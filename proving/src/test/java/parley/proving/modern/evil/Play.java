package parley.proving.modern.evil;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import parley.messages.identity.Appending;
import parley.messages.identity.KeyChain;
import parley.messages.name.UserName;
import parley.peer.cipher.identity.SigningKey;
import parley.peer.store.OwnKeys;
import parley.peer.talk.Mail;

/** A registry that can lie and the people who use it. All of them leave when it closes. */
final class Play {
    final PlayedRegistry registry = new PlayedRegistry();
    final SecureRandom random = new SecureRandom();
    private final Path folder;
    private final Deque<Person> people = new ArrayDeque<>();

    Play(Path folder) throws Exception {
        this.folder = folder;
    }

    Person newcomer(String name) throws Exception {
        return newcomer(name, registry.address(), Map.of());
    }

    Person newcomer(String name, String at, Map<String, String> changed) throws Exception {
        return person(name, at, changed).start().signUp().signIn();
    }

    Person person(String name, String at, Map<String, String> changed) throws IOException {
        var person = new Person(Files.createDirectories(folder.resolve(name)), name, at, changed);
        people.push(person);
        return person;
    }

    Path folder(String name) {
        return folder.resolve(name);
    }

    /** Both write to each other, and so accept each other. */
    static void acquaint(Person one, Person other) throws InterruptedException {
        one.send(other, "hello");
        other.heard()
                .await(
                        "the request",
                        0,
                        shown -> shown instanceof Mail.RequestCame came
                                && came.from().equals(one.name()));
        other.accept(one);
        other.awaitTexts(one, "hello");
        var answer = other.send(one, "hello yourself");
        one.awaitTexts(other, "hello yourself");
        other.awaitMoved(answer, Mail.Stage.DELIVERED);
    }

    /** Keys of somebody else under this name, at this registry. */
    OwnKeys impostor(UserName name) {
        return OwnKeys.create(registry.id(), name, SigningKey.create(random), System.currentTimeMillis(), random)
                .keys();
    }

    /** An account of which the registry has the keys. */
    Forger ghost(String name) {
        var ghost = new Forger(new UserName(name), impostor(new UserName(name)));
        registry.enrol(ghost.name(), ghost.keys().chain().statements());
        return ghost;
    }

    /** For whom somebody has sealed anything, from that deposit on. */
    Set<UserName> sealedFor(UserName by, int since) {
        return registry.deposits().stream()
                .skip(since)
                .filter(each -> each.by().equals(by))
                .map(PlayedRegistry.Deposited::to)
                .collect(Collectors.toSet());
    }

    KeyChain chainOf(Person person) {
        var statements = registry.chain(person.name());
        var begun = KeyChain.begin(registry.id(), person.name(), statements.getFirst());
        if (begun instanceof Appending.Longer(var first)
                && first.append(statements.subList(1, statements.size())) instanceof Appending.Longer(var whole))
            return whole;
        throw new IllegalStateException("the chain of %s does not hold".formatted(person.name()));
    }

    void close() throws Exception {
        while (!people.isEmpty()) people.pop().kill();
        registry.close();
    }
}
