package parley.proving.crowd;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigValueFactory;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.Props;
import org.apache.pekko.actor.typed.SpawnProtocol;
import org.apache.pekko.actor.typed.javadsl.AskPattern;
import org.jspecify.annotations.Nullable;
import parley.messages.name.Password;
import parley.messages.name.UserName;
import parley.messages.settings.Settings;
import parley.peer.command.Commands;
import parley.peer.command.Input;
import parley.peer.command.ModernInput;
import parley.peer.modern.ModernPeer;
import parley.peer.modern.ModernSettings;
import parley.peer.talk.FileMail;
import parley.peer.talk.Happening;
import parley.peer.talk.Mail;
import parley.peer.talk.Screen;

/**
 * Many whole peers in one process, each with a vault of its own: as programs of their own, 255 of them would take 37
 * GiB. They sign up and in, accept whoever writes, and stay until standard input ends.
 *
 * <pre>
 *   Members HOST:PORT#FINGERPRINT LISTEN FOLDER COUNT
 *
 *   ready          once all are in; they are called member1, member2, ...
 *   came           a text or a file, to any of them
 *   NUMBER LINE    on standard input: what that one types
 * </pre>
 */
final class Members {
    /** Each takes 64 MiB while its password is stretched. */
    private static final int SIGNING_UP_MAX = 4;

    private static final Password PASSWORD = new Password("correct-horse");

    private static final Duration SPAWNING_MAX = Duration.ofSeconds(10);

    private final ActorSystem<SpawnProtocol.Command> system;
    private final Settings settings;
    private final Path folder;
    private final PrintStream out;
    private final List<Member> all = new ArrayList<>();
    private final Semaphore signingUp = new Semaphore(SIGNING_UP_MAX);
    private final CountDownLatch missing;

    public static void main(String... arguments) throws Exception {
        var out = new PrintStream(System.out, true);
        // What libraries say goes elsewhere.
        System.setOut(System.err);
        var role = ConfigFactory.parseResources(ModernPeer.class.getClassLoader(), "peer-pekko.conf");
        var settings = Settings.load(
                role,
                null,
                Map.of("parley.peer.modern.registry.at", arguments[0], "parley.peer.modern.listen", arguments[1]));
        var system = ActorSystem.create(SpawnProtocol.create(), "members", settings.config());
        var folder = Path.of(arguments[2]);
        int count = Integer.parseInt(arguments[3]);
        var members = new Members(system, settings, folder, count, out);
        for (int number = 1; number <= count; number++) members.begin("member" + number);
        members.missing.await();
        out.println("ready");
        var commands = Commands.at(folder);
        try (var lines = new BufferedReader(new InputStreamReader(System.in, UTF_8))) {
            for (var line = lines.readLine(); line != null; line = lines.readLine()) {
                var words = line.split(" ", 2);
                var member = members.all.get(Integer.parseInt(words[0]) - 1);
                commands.read(words[1]).ifPresent(member::run);
            }
        }
        Runtime.getRuntime().halt(0);
    }

    private Members(
            ActorSystem<SpawnProtocol.Command> system, Settings settings, Path folder, int count, PrintStream out) {
        this.system = system;
        this.settings = settings;
        this.folder = folder;
        this.out = out;
        this.missing = new CountDownLatch(count);
    }

    private void begin(String name) throws Exception {
        signingUp.acquire();
        var home = Files.createDirectories(folder.resolve(name));
        var member = new Member(new UserName(name));
        all.add(member);
        var own = settings.config()
                .getConfig("parley.peer")
                .withValue("downloads", ConfigValueFactory.fromAnyRef(home.toString()));
        var modern = ModernSettings.of(own, home, null);
        CompletionStage<ActorRef<ModernPeer.Command>> spawned = AskPattern.ask(
                system,
                replyTo -> new SpawnProtocol.Spawn<>(ModernPeer.create(modern, member), name, Props.empty(), replyTo),
                SPAWNING_MAX,
                system.scheduler());
        member.peer = spawned.toCompletableFuture().get();
        member.run(new Input.SignUp(member.name, PASSWORD));
    }

    /** Whom nobody sees. */
    private final class Member implements Screen {
        private final UserName name;
        private volatile @Nullable ActorRef<ModernPeer.Command> peer;

        Member(UserName name) {
            this.name = name;
        }

        void run(Input input) {
            var running = peer;
            if (running == null) throw new IllegalStateException("not there yet");
            running.tell(new ModernPeer.Run(input));
        }

        @Override
        public CompletionStage<Void> show(Happening happening) {
            switch (happening) {
                case Happening.Done(var verb, var answer) -> done(verb);
                case Happening.Failed(var verb, var why) -> failed(verb, why);
                case Mail.RequestCame(var from, var group, var waiting) -> run(new ModernInput.Accept(from, null));
                case Mail.MessageCame text -> out.println("came");
                case FileMail.Came file -> out.println("came");
                default -> {
                    // Nobody looks.
                }
            }
            return CompletableFuture.completedFuture(null);
        }

        /** A sign-up on a busy machine may take too long; as a user would, one signs in then, which finishes it. */
        private void failed(String verb, String why) {
            System.err.println(name + ": " + verb + ": " + why);
            if (verb.equals("signup")) run(new Input.SignIn(name, PASSWORD));
            // Nobody waits for who never arrives.
            if (verb.equals("signin")) Runtime.getRuntime().halt(1);
        }

        private void done(String verb) {
            if (verb.equals("signup")) run(new Input.SignIn(name, PASSWORD));
            if (!verb.equals("signin")) return;
            signingUp.release();
            missing.countDown();
        }
    }
}
