package parley.peer.contact;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.pekko.util.ByteString;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import parley.messages.wire.Content;
import parley.messages.wire.Content.FileState.State;
import parley.messages.wire.FileOffer;
import parley.messages.wire.MessageId;
import parley.peer.cipher.primitive.SeededRandom;
import parley.peer.store.Disk;

/** What is said of files between two. */
class FileContentTest {
    private static final SecureRandom RANDOM = new SeededRandom(5);

    private final Town town = new Town();
    private Side alice;
    private Side bob;
    private Post post;

    @BeforeEach
    void settle() {
        alice = new Side("alice", 1, Disk.inMemory(), town);
        bob = new Side("bob", 2, Disk.inMemory(), town);
        bob.publishPairs(5);
        post = new Post(town, alice, bob);
    }

    @Test
    void anOfferAndItsPiecesComeInOrderAndWaitOnDiskUntilTheyAreTaken() {
        acquaint();
        var said = inPieces();
        alice.hands(bob, said);
        post.mails();
        assertThat(forFiles(bob)).containsExactly(said);
        bob.restarts();
        assertThat(Inbox.FILES.waiting(bob.disk.tables()))
                .extracting(Effect.ForFiles::content)
                .containsExactly(said);
        bob.disk.commit(List.of(List.of(Inbox.FILES.taken(alice.name, said[1].id()))));
        assertThat(Inbox.FILES.waiting(bob.disk.tables())).hasSize(2);
        assertThat(town.mailbox(bob.name)).isEmpty();
        assertThat(bob.disk.history()).hasSize(2);
    }

    @Test
    void theSenderKeepsThemUntilTheReceiverIsDoneThoughTheMailboxHasThem() {
        acquaint();
        var said = inPieces();
        alice.hands(bob, said);
        post.mails();
        assertThat(alice.status(bob).outbox()).isEqualTo(3);
        bob.hands(alice, state(said[0].file(), State.DONE));
        post.mails();
        assertThat(alice.status(bob).outbox()).isZero();
        assertThat(forFiles(alice)).hasSize(1);
        alice.restarts();
        assertThat(alice.status(bob).outbox()).isZero();
    }

    @Test
    void itIsSaidOnceThatTheMailboxHasAllOfASmallFile() {
        acquaint();
        var said = inPieces();
        alice.hands(bob, said[0], said[1]);
        post.mails();
        assertThat(alice.forFiles).isEmpty();
        alice.hands(bob, said[2]);
        post.mails();
        assertThat(alice.forFiles).containsExactly(new Effect.FileInMailbox(bob.name, said[0].file()));
    }

    @Test
    void nothingIsSaidOfTheOfferOfALargeOneInTheMailbox() {
        acquaint();
        var offer = new FileOffer(1_800_000_000_000L, false, 1 << 20, bytes(FileOffer.KEY_BYTES), "film");
        alice.hands(bob, new Content.File(MessageId.random(RANDOM), offer));
        post.mails();
        assertThat(alice.forFiles).isEmpty();
    }

    @Test
    void whatCannotBeOpenedAfterABackupIsSealedAgain() {
        acquaint();
        var copy = bob.disk.copy();
        bob.writes(alice, "a session that the copy does not know");
        post.mails();
        var said = inPieces();
        alice.hands(bob, said);
        alice.syncs();
        bob.restores(copy);
        post.mails();
        bob.nowMillis += 60_000;
        post.mails();
        assertThat(forFiles(bob)).containsExactlyInAnyOrder(said);
    }

    @Test
    void whatComesTwiceIsTakenOnce() {
        acquaint();
        var offer = inPieces()[0];
        alice.hands(bob, offer);
        alice.syncs();
        var bytes = alice.bytes(bob.name, offer.id());
        for (int i = 0; i < 3; i++) town.deposit(alice.name, bob.name, bytes);
        post.collect(bob);
        bob.restarts();
        town.deposit(alice.name, bob.name, bytes);
        post.collect(bob);
        assertThat(forFiles(bob)).hasSize(1);
    }

    @Test
    void aCrashBetweenTheCommitAndItsEffectLosesNothing() {
        acquaint();
        var offer = inPieces()[0];
        alice.hands(bob, offer);
        alice.syncs();
        bob.opens(alice.name, alice.bytes(bob.name, offer.id()), new Path.Link());
        bob.crashes(1);
        assertThat(forFiles(bob)).isEmpty();
        assertThat(Inbox.FILES.waiting(bob.disk.tables())).hasSize(1);
    }

    @Test
    void aStrangersOfferIsARequestAndHisPiecesComeOnceHeIsAccepted() {
        var said = inPieces();
        alice.hands(bob, said);
        post.mails();
        assertThat(forFiles(bob)).isEmpty();
        assertThat(bob.news(News.RequestWaiting.class)).hasSize(1);
        assertThat(town.mailbox(bob.name)).hasSize(2);
        bob.restarts();
        bob.accepts(alice);
        post.mails();
        assertThat(forFiles(bob)).containsExactly(said);
        assertThat(town.mailbox(bob.name)).isEmpty();
    }

    @Test
    void aStrangersStateOfAFileThatNobodySentIsDropped() {
        alice.hands(bob, state(MessageId.random(RANDOM), State.DONE));
        post.mails();
        assertThat(forFiles(bob)).isEmpty();
        assertThat(town.mailbox(bob.name)).isEmpty();
        assertThat(Inbox.FILES.waiting(bob.disk.tables())).isEmpty();
    }

    @Test
    void whatAStrangerSaysOfAWantedFileIsTaken() {
        var file = MessageId.random(RANDOM);
        bob.wantedFiles.add(file);
        alice.hands(bob, state(file, State.DONE));
        post.mails();
        assertThat(forFiles(bob)).hasSize(1);
        assertThat(bob.status(alice).standing()).isEqualTo(Standing.STRANGER);
    }

    @Test
    void whatFindsNoRoomIsLeftUntilSomeWasTaken() {
        acquaint();
        var all = new ArrayList<Content.OfFile>();
        for (int i = 0; i < Inbox.ROWS_MAX + 2; i++) all.add(state(MessageId.random(RANDOM), State.READY));
        all.forEach(one -> alice.hands(bob, one));
        post.mails();
        assertThat(forFiles(bob)).hasSize(Inbox.ROWS_MAX);
        assertThat(town.mailbox(bob.name)).hasSize(2);
        bob.disk.commit(List.of(all.subList(0, 10).stream()
                .map(one -> Inbox.FILES.taken(alice.name, one.id()))
                .toList()));
        var step = bob.with(alice.name).counted(Inboxes.count(alice.name, bob.disk.tables()), bob.moment());
        assertThat(step.effects()).contains(new Effect.CollectAgain(alice.name));
        bob.take(alice.name, step);
        post.mails();
        assertThat(forFiles(bob)).hasSize(Inbox.ROWS_MAX + 2);
    }

    @Test
    void whoIsBlockedGetsNothingMoreAndThatIsSaid() {
        var said = inPieces();
        alice.hands(bob, said);
        alice.syncs();
        alice.blocks(bob);
        alice.syncs();
        assertThat(alice.to(bob.name)).isEmpty();
        assertThat(alice.forFiles).containsExactly(new Effect.GaveUpFile(bob.name, said[0].file(), "bob is blocked"));
        assertThat(alice.cannotHand(bob, said).why()).isEqualTo(ContactCommand.WhyNot.BLOCKED);
    }

    @Test
    void morePiecesThanTheOutboxHoldsAreRefusedAsAWhole() {
        acquaint();
        long fit = Writing.BYTES_MAX / Content.Piece.BYTES_MAX;
        for (int i = 0; i < fit; i++) alice.hands(bob, piece(MessageId.random(RANDOM), Content.Piece.BYTES_MAX));
        var refused = alice.cannotHand(bob, piece(MessageId.random(RANDOM), Content.Piece.BYTES_MAX));
        assertThat(refused.why()).isEqualTo(ContactCommand.WhyNot.OUTBOX_FULL);
    }

    private void acquaint() {
        alice.writes(bob, "hi");
        bob.writes(alice, "hi");
        post.links();
        bob.accepts(alice);
        alice.accepts(bob);
        post.links();
    }

    private static Content.OfFile[] inPieces() {
        var file = MessageId.random(RANDOM);
        var offer = new FileOffer(
                1_800_000_000_000L, true, Content.Piece.BYTES_MAX + 100, bytes(FileOffer.KEY_BYTES), "notes.txt");
        return new Content.OfFile[] {
            new Content.File(file, offer),
            piece(file, Content.Piece.BYTES_MAX),
            new Content.Piece(MessageId.random(RANDOM), file, 1, bytes(100))
        };
    }

    private static Content.Piece piece(MessageId file, int size) {
        return new Content.Piece(MessageId.random(RANDOM), file, 0, bytes(size));
    }

    private static Content.FileState state(MessageId file, State state) {
        return new Content.FileState(MessageId.random(RANDOM), file, state);
    }

    private static ByteString bytes(int count) {
        var bytes = new byte[count];
        RANDOM.nextBytes(bytes);
        return ByteString.fromArray(bytes);
    }

    private static List<Content.OfFile> forFiles(Side side) {
        return side.forFiles.stream()
                .flatMap(effect -> effect instanceof Effect.ForFiles said
                        ? Optional.of(said.content()).stream()
                        : Optional.<Content.OfFile>empty().stream())
                .toList();
    }
}
