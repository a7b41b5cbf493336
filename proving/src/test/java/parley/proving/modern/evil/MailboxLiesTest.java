package parley.proving.modern.evil;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.apache.pekko.util.ByteString;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import parley.messages.directory.Request;
import parley.messages.name.UserName;
import parley.messages.wire.Envelope;
import parley.messages.wire.EnvelopeCodec;
import parley.messages.wire.MessageId;
import parley.peer.command.ModernInput;
import parley.peer.talk.Mail;
import parley.peer.talk.ModernAnswer;

/** The registry does with sealed envelopes what it can: it cannot open them. */
class MailboxLiesTest {
    static final int FORGERIES = 10;

    /** Some more than a session looks at at once. */
    static final int GHOSTS = 150;

    /** Those that are met, and as many that are about to end. */
    static final long CIPHERS_MAX = 2 * 64;

    @TempDir
    Path folder;

    Play play;
    Person alice;
    Person bob;

    @BeforeEach
    void begin() throws Exception {
        play = new Play(folder);
        play.registry.lie(new ByMailbox() {});
        alice = play.newcomer("alice");
        bob = play.newcomer("bob");
        Play.acquaint(alice, bob);
    }

    @AfterEach
    void end() throws Exception {
        play.close();
    }

    @Test
    void whatIsReplayedAHundredTimesIsShownOnceAndBeginsNothing() throws Exception {
        var one = sentAlone("one");
        int before = play.registry.seen().size();
        for (int i = 0; i < 100; i++) play.registry.post(bob.name(), new Lies.Post(alice.name(), one));
        bob.kill();
        for (int i = 0; i < 100; i++) play.registry.post(bob.name(), new Lies.Post(alice.name(), one));
        bob.start().signIn();
        alice.awaitMoved(alice.send(bob, "two"), Mail.Stage.DELIVERED);
        bob.awaitMoved(bob.send(alice, "three"), Mail.Stage.DELIVERED);
        bob.awaitTexts(alice, "hello", "one", "two");
        // Its id is known, also after a restart: nothing is taken for lost, and no session begun for it.
        var since = play.registry.seen().subList(before, play.registry.seen().size());
        assertThat(since).isNotEmpty().noneMatch(MailboxLiesTest::greets);
    }

    /** Its id is no longer known: its key is gone. */
    @Test
    void whatIsReplayedUnderOtherIdsIsNotShown() throws Exception {
        var message = EnvelopeCodec.decode(sentAlone("one")).message();
        for (int i = 0; i < 100; i++) {
            var fresh = new Envelope(MessageId.random(play.random), message);
            play.registry.post(bob.name(), new Lies.Post(alice.name(), EnvelopeCodec.encode(fresh)));
        }
        alice.awaitMoved(alice.send(bob, "two"), Mail.Stage.DELIVERED);
        bob.awaitTexts(alice, "hello", "one", "two");
    }

    @Test
    void forgeriesBetweenGenuineOnesChangeNothing() throws Exception {
        long seed = Long.getLong("seed", System.nanoTime());
        var random = new SplittableRandom(seed);
        play.registry.lie(new ByMailbox() {
            @Override
            public List<Post> deposited(UserName to, Post truth) {
                var all = new ArrayList<Post>();
                for (int i = 0; i < FORGERIES; i++) all.add(new Post(truth.from(), forged(truth.envelope(), random)));
                all.add(truth);
                return all;
            }
        });
        var texts = new ArrayList<>(List.of("hello"));
        for (int i = 0; i < 10; i++) {
            texts.add("text " + i);
            alice.send(bob, "text " + i);
        }
        bob.heard().awaitTexts(alice.name(), texts.size());
        assertThat(bob.texts(alice)).as("-Dseed=%d", seed).containsExactlyElementsOf(texts);
        play.registry.lie(new ByMailbox() {});
        alice.awaitMoved(alice.send(bob, "and on"), Mail.Stage.DELIVERED);
        assertThat(bob.texts(alice)).as("-Dseed=%d", seed).endsWith("and on").doesNotHaveDuplicates();
    }

    @Test
    void whatIsHeldBackIsMissedAndWhatComesLateFillsTheGap() throws Exception {
        var held = new ArrayList<Lies.Post>();
        play.registry.lie(new ByMailbox() {
            @Override
            public List<Post> deposited(UserName to, Post truth) {
                if (!to.equals(bob.name())) return List.of(truth);
                held.add(truth);
                return List.of();
            }
        });
        var ids = new ArrayList<String>();
        for (int i = 0; i < 5; i++) ids.add(alice.send(bob, "text " + i));
        for (var id : ids) alice.awaitMoved(id, Mail.Stage.SENT);
        play.registry.lie(new ByMailbox() {});
        for (int i : List.of(0, 4, 3, 2)) play.registry.post(bob.name(), withId(held, ids.get(i)));
        bob.awaitTexts(alice, "hello", "text 0", "text 4", "text 3", "text 2");
        bob.heard().await("the gap", 0, shown -> shown.equals(new Mail.Missing(alice.name(), 3)));
        play.registry.post(bob.name(), withId(held, ids.get(1)));
        bob.awaitTexts(alice, "hello", "text 0", "text 4", "text 3", "text 2", "text 1");
        bob.heard().await("its end", 0, shown -> shown.equals(new Mail.MissingCame(alice.name())));
    }

    @Test
    void ourOwnEnvelopesComeBackForNothing() throws Exception {
        var own = sentAlone("one");
        long before = lookedUp(alice);
        play.registry.post(alice.name(), new Lies.Post(bob.name(), own));
        play.registry.post(alice.name(), new Lies.Post(alice.name(), own));
        alice.awaitMoved(alice.send(bob, "two"), Mail.Stage.DELIVERED);
        bob.awaitMoved(bob.send(alice, "three"), Mail.Stage.DELIVERED);
        alice.awaitTexts(bob, "hello yourself", "three");
        assertThat(alice.texts(alice)).isEmpty();
        assertThat(lookedUp(alice)).isEqualTo(before);
        assertThat(contacts(alice)).containsExactly(bob.name());
    }

    @Test
    void whoIsSaidToHaveSentItHasNot() throws Exception {
        var carol = play.newcomer("carol");
        Play.acquaint(alice, carol);
        var bobs = new ArrayList<Lies.Post>();
        play.registry.lie(new ByMailbox() {
            @Override
            public List<Post> deposited(UserName to, Post truth) {
                if (!to.equals(alice.name())) return List.of(truth);
                bobs.add(truth);
                return List.of(new Post(carol.name(), truth.envelope()));
            }
        });
        bob.awaitMoved(bob.send(alice, "from bob"), Mail.Stage.SENT);
        play.registry.lie(new ByMailbox() {});
        bobs.forEach(post -> play.registry.post(alice.name(), post));
        alice.awaitTexts(bob, "hello yourself", "from bob");
        carol.awaitMoved(carol.send(alice, "from carol"), Mail.Stage.DELIVERED);
        alice.awaitTexts(carol, "hello yourself", "from carol");
    }

    @Test
    void madeUpSendersAndMadeUpBytesLeaveNobodyBehind() throws Exception {
        long seed = Long.getLong("seed", System.nanoTime());
        var random = new SplittableRandom(seed);
        for (int i = 0; i < 300; i++) {
            var bytes = new byte[1 + random.nextInt(2_000)];
            random.nextBytes(bytes);
            bytes[0] = 1;
            var from = new UserName(i % 3 == 0 ? "bob" : "ghost" + i);
            play.registry.post(alice.name(), new Lies.Post(from, ByteString.fromArray(bytes)));
        }
        alice.awaitMoved(alice.send(bob, "two"), Mail.Stage.DELIVERED);
        bob.awaitMoved(bob.send(alice, "three"), Mail.Stage.DELIVERED);
        assertThat(alice.texts(bob)).as("-Dseed=%d", seed).containsExactly("hello yourself", "three");
        assertThat(contacts(alice)).as("-Dseed=%d", seed).containsExactly(bob.name());
    }

    /** Each is looked at, and none of them, nor anybody behind them, waits for ever. */
    @Test
    void ofEndlessMadeUpSendersFewAreInMemoryAtOnceAndNoneInTheEnd() throws Exception {
        for (int i = 0; i < GHOSTS; i++) {
            var bytes = ByteString.fromString("from nobody to nobody");
            var envelope = new Envelope(MessageId.random(play.random), bytes);
            play.registry.post(alice.name(), new Lies.Post(new UserName("ghost" + i), EnvelopeCodec.encode(envelope)));
        }
        alice.awaitMoved(alice.send(bob, "two"), Mail.Stage.DELIVERED);
        bob.awaitMoved(bob.send(alice, "three"), Mail.Stage.DELIVERED);
        long end = System.nanoTime() + Heard.SOON.toNanos();
        long most = 0;
        while (ghostsLookedUp() < GHOSTS || alice.ciphers("ghost") > 0) {
            assertThat(System.nanoTime())
                    .as("%d were looked at", ghostsLookedUp())
                    .isLessThan(end);
            most = Math.max(most, alice.ciphers("ghost"));
            // It keeps answering, and is not asked more often than it does.
            contacts(alice);
        }
        assertThat(most).isBetween(1L, CIPHERS_MAX);
    }

    private long ghostsLookedUp() {
        return play.registry.asked().stream()
                .flatMap(request ->
                        request instanceof Request.ChainOf(var name, var from) ? Stream.of(name) : Stream.of())
                .filter(name -> name.text().startsWith("ghost"))
                .distinct()
                .count();
    }

    /** How often anybody asked for this chain. */
    private long lookedUp(Person person) {
        return play.registry.asked().stream()
                .filter(request -> request instanceof Request.ChainOf(var name, var from) && name.equals(person.name()))
                .count();
    }

    private static Lies.Post withId(List<Lies.Post> posts, String id) {
        return posts.stream()
                .filter(post ->
                        EnvelopeCodec.decode(post.envelope()).id().toString().equals(id))
                .findFirst()
                .orElseThrow();
    }

    private static List<UserName> contacts(Person person) throws InterruptedException {
        var answer =
                (ModernAnswer.Contacts) person.done(new ModernInput.Contacts()).answer();
        return answer.contacts().stream().map(ModernAnswer.Contact::name).toList();
    }

    /** The envelope of this text, and of nothing else. */
    private ByteString sentAlone(String text) throws InterruptedException {
        var id = alice.send(bob, text);
        alice.awaitMoved(id, Mail.Stage.DELIVERED);
        return play.registry.seen().stream()
                .filter(envelope ->
                        EnvelopeCodec.decode(envelope).id().toString().equals(id))
                .findFirst()
                .orElseThrow();
    }

    /** Whether it begins a session: docs/PROTOCOL.md §4.4. */
    private static boolean greets(ByteString envelope) {
        return EnvelopeCodec.decode(envelope).message().head() == 2;
    }

    /** One bit of what it seals, or of how, is another; its id is the same. */
    private static ByteString forged(ByteString envelope, SplittableRandom random) {
        var bytes = envelope.toArray();
        int header = 1 + MessageId.BYTES;
        bytes[header + random.nextInt(bytes.length - header)] ^= (byte) (1 << random.nextInt(8));
        return ByteString.fromArray(bytes);
    }
}
