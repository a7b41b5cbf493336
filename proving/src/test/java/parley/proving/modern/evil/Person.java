package parley.proving.modern.evil;

import static org.assertj.core.api.Assertions.assertThat;

import com.typesafe.config.ConfigFactory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.apache.pekko.actor.typed.ActorSystem;
import org.jspecify.annotations.Nullable;
import parley.messages.name.Password;
import parley.messages.name.UserName;
import parley.messages.settings.Settings;
import parley.peer.command.Input;
import parley.peer.command.ModernInput;
import parley.peer.modern.ModernPeer;
import parley.peer.modern.ModernSettings;
import parley.peer.talk.Happening;
import parley.peer.talk.Mail;
import parley.peer.talk.ModernAnswer;

/** A modern peer in this very process, and whoever sits before it. */
final class Person {
    static final Password PASSWORD = new Password("Correct-Horse7-canary");

    private final Path home;
    private final UserName name;
    private final Map<String, String> settings;
    private final Heard heard = new Heard();
    private @Nullable ActorSystem<ModernPeer.Command> system;
    private @Nullable String recoveryWords;

    /** @param changed settings that are not the usual ones */
    Person(Path home, String name, String registry, Map<String, String> changed) {
        this.home = home;
        this.name = new UserName(name);
        settings = new TreeMap<>(Map.of(
                "parley.peer.data",
                home.toString(),
                "parley.peer.modern.registry.at",
                registry,
                "parley.peer.modern.listen",
                "127.0.0.1:0",
                "parley.peer.modern.delivery.mailbox-after",
                "300 ms",
                "parley.peer.modern.delivery.retry-min",
                "200 ms",
                "parley.peer.modern.registry.reconnect-min",
                "50 ms",
                "parley.peer.modern.registry.reconnect-max",
                "500 ms",
                "parley.peer.modern.registry.wrong-key-retry",
                "1 s"));
        settings.putAll(changed);
    }

    UserName name() {
        return name;
    }

    Heard heard() {
        return heard;
    }

    Path accounts() {
        return home.resolve("accounts");
    }

    /** As the user wrote them down. */
    String recoveryWords() {
        if (recoveryWords == null) throw new IllegalStateException(name + " never signed up");
        return recoveryWords;
    }

    Person start() {
        if (system != null) throw new IllegalStateException(name + " runs already");
        var role = ConfigFactory.parseResources("peer-pekko.conf");
        var all = Settings.load(role, null, settings).config();
        var peer = ModernSettings.of(all.getConfig("parley.peer"), home, null);
        system = ActorSystem.create(ModernPeer.create(peer, heard), "parley", all);
        return this;
    }

    Person signUp() throws InterruptedException {
        if (done(new Input.SignUp(name, PASSWORD)).answer() instanceof ModernAnswer.Enrolled enrolled)
            recoveryWords = enrolled.recoveryWords();
        return this;
    }

    Person signIn() throws InterruptedException {
        done(new Input.SignIn(name, PASSWORD));
        return this;
    }

    /** The text's id. */
    String send(Person to, String text) throws InterruptedException {
        var answer = done(new Input.SendText(new Input.One(to.name), text)).answer();
        return ((ModernAnswer.Queued) answer).id();
    }

    /** Why it was refused. */
    String cannotSend(Person to, String text) throws InterruptedException {
        var failed = run(new Input.SendText(new Input.One(to.name), text));
        assertThat(failed).isInstanceOf(Happening.Failed.class);
        return ((Happening.Failed) failed).why();
    }

    void accept(Person other) throws InterruptedException {
        done(new ModernInput.Accept(other.name, null));
    }

    /** Why it was refused. */
    String cannotAccept(Person other, @Nullable String digits) throws InterruptedException {
        var failed = run(new ModernInput.Accept(other.name, digits));
        assertThat(failed).isInstanceOf(Happening.Failed.class);
        return ((Happening.Failed) failed).why();
    }

    /** The digits that are shown. */
    String verify(Person other) throws InterruptedException {
        var answer = done(new ModernInput.Verify(other.name, null)).answer();
        return ((ModernAnswer.Verification) answer).digits();
    }

    Happening.Done done(Input input) throws InterruptedException {
        var ended = run(input);
        assertThat(ended).as("%s of %s", input.verb(), name).isInstanceOf(Happening.Done.class);
        return (Happening.Done) ended;
    }

    /** How it ended. */
    Happening run(Input input) throws InterruptedException {
        int before = heard.count();
        running().tell(new ModernPeer.Run(input));
        return heard.await("the end of " + input.verb(), before, ends(input.verb()));
    }

    void awaitTexts(Person from, String... texts) throws InterruptedException {
        heard.awaitTexts(from.name, texts.length);
        assertThat(heard.texts(from.name)).containsExactly(texts);
    }

    List<String> texts(Person from) {
        return heard.texts(from.name);
    }

    void awaitMoved(String id, Mail.Stage stage) throws InterruptedException {
        heard.await(
                "%s of %s".formatted(stage, id),
                0,
                happening -> happening instanceof Mail.Moved moved
                        && moved.id().equals(id)
                        && moved.stage().compareTo(stage) >= 0);
    }

    void awaitNotice(String part) throws InterruptedException {
        heard.await("'%s'".formatted(part), 0, Heard.notice(part));
    }

    /** That live now, of contacts whose names begin so. */
    long ciphers(String names) {
        return running()
                .printTree()
                .lines()
                .filter(line -> line.contains("cipher-" + names))
                .count();
    }

    /** With goodbye. */
    void stop() throws Exception {
        run(new Input.Exit());
        ended();
    }

    /** In the middle of whatever it does, and without goodbye. */
    void kill() throws Exception {
        if (system == null) return;
        running().terminate();
        ended();
    }

    /** Of what is on disk; only while nobody runs. */
    void keepCopy(Path where) throws IOException {
        copy(accounts(), where);
    }

    void putBack(Path copy) throws IOException {
        try (var files = Files.walk(accounts())) {
            for (var file : files.sorted(Comparator.reverseOrder()).toList()) Files.delete(file);
        }
        copy(copy, accounts());
    }

    private static Predicate<Happening> ends(String verb) {
        return happening -> switch (happening) {
            case Happening.Done(var command, var answer) -> command.equals(verb);
            case Happening.Failed(var command, var why) -> command.equals(verb);
            case Happening other -> false;
        };
    }

    private ActorSystem<ModernPeer.Command> running() {
        if (system == null) throw new IllegalStateException(name + " does not run");
        return system;
    }

    private void ended() throws Exception {
        running().getWhenTerminated().toCompletableFuture().get(20, TimeUnit.SECONDS);
        system = null;
    }

    private static void copy(Path from, Path to) throws IOException {
        try (var files = Files.walk(from)) {
            for (var file : files.toList()) {
                var copy = to.resolve(from.relativize(file).toString());
                if (Files.isDirectory(file))
                    Files.createDirectories(
                            copy, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
                else Files.copy(file, copy, StandardCopyOption.COPY_ATTRIBUTES);
            }
        }
    }
}
