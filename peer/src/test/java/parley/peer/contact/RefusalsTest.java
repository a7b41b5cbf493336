package parley.peer.contact;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.apache.pekko.util.ByteString;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import parley.messages.field.MalformedFields;
import parley.messages.wire.Content;
import parley.messages.wire.ContentCodec;
import parley.messages.wire.Envelope;
import parley.messages.wire.EnvelopeCodec;
import parley.messages.wire.MessageId;
import parley.messages.wire.Reason;
import parley.peer.cipher.ratchet.Sessions;
import parley.peer.store.Disk;

/** What an evil registry or an evil contact may say, and what it comes to. */
class RefusalsTest {
    private final Town town = new Town();
    private Side alice;
    private Side bob;
    private Post post;

    @BeforeEach
    void acquaint() {
        alice = new Side("alice", 1, Disk.inMemory(), town);
        bob = new Side("bob", 2, Disk.inMemory(), town);
        post = new Post(town, alice, bob);
        alice.writes(bob, "hello");
        bob.writes(alice, "hello");
        post.links();
    }

    @Test
    void aPairThatTheContactDidNotSignBeginsNothingAndIsSaid() {
        var eve = new Side("eve", 3, Disk.inMemory(), town);
        var pair = eve.keys.batch(1, 0, eve.moment().random()).published().getFirst();
        var carol = new Side("carol", 4, Disk.inMemory(), town);
        town.publish(carol.name, List.of(pair));
        alice.writes(carol, "first");
        alice.syncs();
        assertThat(alice.to(carol.name)).isEmpty();
        assertThat(alice.news(News.BadBundle.class)).containsExactly(new News.BadBundle(carol.name, "WRONG_SIGNATURE"));
        alice.asksAgain(carol.name);
        alice.syncs();
        assertThat(alice.to(carol.name)).hasSize(1);
    }

    @Test
    void aReceiptForAnothersTextAltersNothing() {
        var carol = new Side("carol", 4, Disk.inMemory(), town);
        var toCarol = alice.writes(carol, "for carol");
        alice.syncs();
        says(new Content.Receipt(MessageId.random(bob.moment().random()), Content.Receipt.What.READ, List.of(toCarol)));
        alice.restarts();
        alice.syncs();
        assertThat(alice.stages(toCarol)).isEmpty();
        assertThat(alice.to(carol.name)).containsKey(toCarol);
    }

    @Test
    void aRepeatThatExpectsTheImpossibleMovesNothing() {
        says(new Content.Repeat(
                MessageId.random(bob.moment().random()),
                List.of(new Content.Repeat.Unopened(
                        MessageId.random(bob.moment().random()), Reason.FORGED)),
                Long.MAX_VALUE));
        alice.writes(bob, "on");
        alice.writes(bob, "and on");
        post.links();
        assertThat(bob.read(alice)).containsExactly("hello", "on", "and on");
    }

    @Test
    void aCounterBeyondAllReasonIsShownAndMovesNothing() {
        for (long counter : new long[] {Long.MAX_VALUE, Incoming.COUNTER_MAX + 1})
            says(new Content.Text(
                    MessageId.random(bob.moment().random()), counter, Content.Text.NO_PREVIOUS, 0, "far " + counter));
        assertThat(alice.read(bob)).hasSize(3);
        assertThat(alice.status(bob).gaps()).isEmpty();
        bob.writes(alice, "on");
        post.links();
        assertThat(alice.read(bob)).hasSize(4).endsWith("on");
    }

    @Test
    void gapsAtRandomTakeNoMoreThanTheirRoom() {
        for (long counter = 10; counter < 10 + 4 * Gaps.RANGES_MAX; counter += 2)
            says(new Content.Text(MessageId.random(bob.moment().random()), counter, Content.Text.NO_PREVIOUS, 0, "x"));
        assertThat(alice.status(bob).gaps()).hasSize(Gaps.RANGES_MAX);
    }

    @Test
    void aKindThatIsNotKnownIsAcknowledgedAndNamed() {
        says(new Content.Unknown(MessageId.random(bob.moment().random()), 200, ByteString.fromString("file")));
        assertThat(alice.news(News.UnknownKind.class)).containsExactly(new News.UnknownKind(bob.name, 200));
        assertThat(alice.read(bob)).containsExactly("hello");
    }

    @Test
    void anIdThatAnotherContactUsedIsNotSpoiled() {
        var carol = new Side("carol", 4, Disk.inMemory(), town);
        post = new Post(town, alice, bob, carol);
        alice.writes(carol, "hello");
        var id = bob.writes(alice, "from bob");
        bob.syncs();
        carol.writes(alice, "hello");
        post.links();
        says(carol, new Content.Text(id, 2, Content.Text.NO_PREVIOUS, 0, "from carol"));
        assertThat(alice.read(bob)).containsExactly("hello", "from bob");
        assertThat(alice.read(carol)).containsExactly("hello", "from carol");
    }

    @Test
    void twoThousandBadEnvelopesAreNamedAThousandAtATimeAndAGoodOneOpens() {
        var random = bob.moment().random();
        for (int i = 0; i < 2_000; i++) {
            var junk = new byte[341];
            random.nextBytes(junk);
            junk[0] = 1;
            town.deposit(
                    bob.name,
                    alice.name,
                    EnvelopeCodec.encode(new Envelope(MessageId.random(random), ByteString.fromArray(junk))));
        }
        post.collect(alice);
        assertThat(town.mailbox(alice.name)).hasSize(1_000);
        bob.writes(alice, "good");
        post.mails();
        assertThat(alice.read(bob)).containsExactly("hello", "good");
        assertThat(town.mailbox(alice.name)).isEmpty();
    }

    @Test
    void whatTheRegistryMakesUpNeverStopsWhatGoesOverALink() {
        var junk = new byte[341];
        junk[0] = 1;
        var envelope = new Envelope(MessageId.random(bob.moment().random()), ByteString.fromArray(junk));
        town.deposit(bob.name, alice.name, EnvelopeCodec.encode(envelope));
        post.collect(alice);
        alice.registryAnswers = false;
        alice.tells(bob);
        alice.syncs();
        var id = alice.writes(bob, "all the same");
        alice.syncs();
        assertThat(alice.to(bob.name)).containsKey(id);
        post.link(alice, bob);
        assertThat(bob.read(alice)).containsExactly("hello", "all the same");
    }

    @Test
    void ourOwnBytesAreNotOpened() {
        var id = alice.writes(bob, "mirror");
        alice.syncs();
        var bytes = alice.bytes(bob.name, id);
        alice.opens(bob.name, bytes, new Path.Link());
        alice.syncs();
        assertThat(alice.answers.poll()).isEqualTo(new Effect.Refuse(bob.name, id, Reason.OTHER));
        assertThat(alice.read(bob)).containsExactly("hello");
    }

    @Test
    void storedRecordsThatWereCutAreMalformed() {
        var profile =
                ProfileCodec.encode(new ProfileCodec.Stored(alice.with(bob.name).profile(), 1, 2, 0));
        for (int size = 0; size < profile.size(); size++) {
            var cut = profile.take(size);
            assertThatThrownBy(() -> ProfileCodec.decode(cut)).isInstanceOf(MalformedFields.class);
        }
        assertThat(ProfileCodec.decode(profile).profile())
                .isEqualTo(alice.with(bob.name).profile());
    }

    private void says(Content content) {
        says(bob, content);
    }

    /** Whatever content, sealed as that contact would. */
    private void says(Side who, Content content) {
        var contact = who.with(alice.name);
        Sessions.Sealed step = contact.sessions()
                .seal(ContentCodec.encode(content), who.moment().random());
        var turn = new Turn(contact, who.moment());
        turn.become(step.next());
        who.take(alice.name, turn.done());
        who.syncs();
        alice.opens(who.name, EnvelopeCodec.encode(new Envelope(content.id(), step.bytes())), new Path.Link());
        alice.syncs();
        alice.answers.clear();
    }
}
