package parley.peer.file;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.apache.pekko.util.ByteString;
import org.junit.jupiter.api.Test;
import parley.messages.name.UserName;
import parley.messages.wire.Content;
import parley.messages.wire.Content.FileState.State;
import parley.messages.wire.FileOffer;
import parley.messages.wire.MessageId;
import parley.peer.store.Change;
import parley.peer.store.HistoryEntry;
import parley.peer.store.HistoryFile;
import parley.peer.store.Reach;
import parley.peer.talk.FileMail;
import parley.peer.talk.Happening;
import parley.peer.talk.Mail;
import parley.peer.transfer.FinalName;
import parley.peer.transfer.SourceStamp;

class TransfersTest {
    private static final UserName BOB = new UserName("bob");
    private static final UserName ALICE = new UserName("alice");
    private static final MessageId ID = new MessageId(ByteString.fromArray(new byte[16]));
    private static final Ref REF = new Ref(BOB, ID);
    private static final Change TAKEN = new Change.Delete("inbox", ID.bytes());
    private static final int PIECE = Content.Piece.BYTES_MAX;

    @Test
    void whatIsDeliveredIsForgottenAndTold() {
        var step = sending(big()).said(REF, State.DONE, TAKEN);
        assertThat(step.next()).isEqualTo(Transfers.NONE);
        assertThat(told(step)).containsExactly(new Mail.Moved(ID.toString(), BOB, Mail.Stage.DELIVERED));
        assertThat(step.changes()).contains(TAKEN, FileRows.delete(ID), FileRows.deleteReceiver(REF));
    }

    @Test
    void aSourceThatChangedIsNotDeliveredInPartAndBothHearOfIt() {
        var step = sending(big()).outgoing().changed(ID, "it was changed");
        assertThat(step.next()).isEqualTo(Transfers.NONE);
        assertThat(step.posts()).containsExactly(Post.say(REF, Optional.empty(), State.CHANGED));
        assertThat(told(step)).singleElement().isInstanceOf(FileMail.Failed.class);
        var theirs = receiving(big()).said(REF, State.CHANGED, TAKEN);
        assertThat(theirs.next().came()).isEmpty();
        assertThat(theirs.effects()).contains(new FileEffect.Discard(REF));
        assertThat(told(theirs)).singleElement().isInstanceOf(FileMail.Failed.class);
    }

    @Test
    void aGroupsFileStaysUntilTheLastOfItsReceiversHasIt() {
        var carol = new Ref(new UserName("carol"), ID);
        var both = Transfers.NONE
                .outgoing()
                .queued(sent(big()), Map.of(REF, receiver(), carol, receiver()), List.of())
                .next();
        var one = both.said(REF, State.DONE, TAKEN).next();
        assertThat(one.receivers()).containsOnlyKeys(carol);
        assertThat(one.sent()).containsOnlyKeys(ID);
        assertThat(one.said(carol, State.DECLINED, TAKEN).next()).isEqualTo(Transfers.NONE);
    }

    @Test
    void nothingPassesWhileItIsPaused() {
        var ours = sending(big()).pause(ID);
        assertThat(ours.effects()).containsExactly(new FileEffect.Shut(REF, FileEffect.Shut.Why.PAUSED));
        assertThat(ours.next().isOpen(REF)).isFalse();
        assertThat(ours.next().said(REF, State.READY, TAKEN).effects()).isEmpty();
        assertThat(ours.next().resume(ID).effects()).containsExactly(new FileEffect.Open(REF));
        var theirs = receiving(big()).pause(ID);
        assertThat(theirs.next().isOpen(REF)).isFalse();
        assertThat(theirs.next().resume(ID).posts()).containsExactly(Post.say(REF, Optional.empty(), State.READY));
    }

    @Test
    void aFileThatAsksBeginsWhenItIsAccepted() {
        var asking = Transfers.NONE
                .incoming()
                .offered(REF, Optional.empty(), Optional.empty(), big(), Optional.of("big"), TAKEN);
        assertThat(told(asking)).singleElement().isInstanceOf(FileMail.Offered.class);
        assertThat(asking.next().isOpen(REF)).isFalse();
        assertThat(asking.next().resume(ID).next().isOpen(REF)).isTrue();
    }

    @Test
    void piecesInAnyOrderAndTwiceMakeOneFile() {
        var offer = pieces(PIECE + 5);
        var last = receiving(offer).incoming().piece(REF, piece(1, 5), TAKEN).next();
        assertThat(last.incoming().piece(REF, piece(1, 5), TAKEN).changes()).containsExactly(TAKEN);
        var all = last.incoming().piece(REF, piece(0, PIECE), TAKEN);
        assertThat(all.effects())
                .containsExactly(new FileEffect.Gather(
                        Objects.requireNonNull(all.next().came().get(REF))));
    }

    @Test
    void aPieceThatDoesNotFitEndsTheFile() {
        for (var wrong : List.of(piece(0, 4), piece(2, 5), piece(1, 6))) {
            var step = receiving(pieces(PIECE + 5)).incoming().piece(REF, wrong, TAKEN);
            assertThat(step.next().came()).isEmpty();
            assertThat(step.posts()).containsExactly(Post.say(REF, Optional.empty(), State.FAILED));
        }
    }

    @Test
    void whoDoesNotWantItIsToldFromWhoCouldNotKeepIt() {
        for (var state : List.of(State.DECLINED, State.FAILED)) {
            var queued = Transfers.NONE
                    .outgoing()
                    .queued(sent(big()), Map.of(REF, receiver()), List.of())
                    .next();
            var step = queued.said(REF, state, TAKEN);
            assertThat(step.next()).isEqualTo(Transfers.NONE);
            assertThat(step.effects())
                    .filteredOn(FileEffect.Tell.class::isInstance)
                    .singleElement()
                    .asString()
                    .contains(state == State.FAILED ? "could not keep it" : "does not want it");
        }
    }

    @Test
    void anIdOfOursIsNoOffer() {
        var step = sending(big())
                .incoming()
                .offered(REF, Optional.empty(), Optional.empty(), big(), Optional.empty(), TAKEN);
        assertThat(step.next().came()).isEmpty();
        assertThat(step.changes()).containsExactly(TAKEN);
    }

    @Test
    void oneContactHasNotManyFilesOpen() {
        var transfers = Transfers.NONE;
        for (int i = 0; i <= Transfers.FROM_ONE_MAX; i++) {
            var bytes = new byte[MessageId.BYTES];
            bytes[0] = (byte) i;
            bytes[1] = (byte) (i >> 8);
            var ref = new Ref(BOB, new MessageId(ByteString.fromArray(bytes)));
            transfers = transfers
                    .incoming()
                    .offered(ref, Optional.empty(), Optional.empty(), big(), Optional.empty(), TAKEN)
                    .next();
        }
        assertThat(transfers.came()).hasSize(Transfers.FROM_ONE_MAX);
    }

    @Test
    void withoutRoomItWaitsAndBothHearOfItUntilThereIsAgain() {
        var full = receiving(big()).incoming().noRoom(REF);
        assertThat(full.posts()).containsExactly(Post.say(REF, Optional.empty(), State.NO_ROOM));
        assertThat(told(full)).singleElement().isInstanceOf(FileMail.Held.class);
        var again = full.next().incoming().roomAgain(REF);
        assertThat(again.posts()).containsExactly(Post.say(REF, Optional.empty(), State.READY));
        assertThat(again.next().isOpen(REF)).isTrue();
        assertThat(told(sending(big()).said(REF, State.NO_ROOM, TAKEN)))
                .singleElement()
                .isInstanceOf(FileMail.Held.class);
    }

    @Test
    void itIsDoneWhenItHasItsNameAndNotBefore() {
        var planned = receiving(big()).incoming().planned(REF, new FinalName.Plan("a.bin", "(dev=1,ino=2)"), "00");
        assertThat(planned.posts()).isEmpty();
        assertThat(planned.next().said(REF, State.CANCELLED, TAKEN).next().came())
                .containsKey(REF);
        var named = planned.next().incoming().named(REF, new FileEffect.Kept(Path.of("/d/a.bin"), "image/png"), 2_000);
        assertThat(named.posts()).containsExactly(Post.say(REF, Optional.empty(), State.DONE));
        assertThat(named.next()).isEqualTo(Transfers.NONE);
        assertThat(named.changes())
                .contains(new Change.Append(new HistoryEntry(
                        BOB,
                        Optional.empty(),
                        false,
                        ID,
                        0,
                        big().timeMillis(),
                        2_000,
                        big().name(),
                        Optional.of(new HistoryFile(big().size(), "00", "image/png", "/d/a.bin")))));
        assertThat(named.effects()).contains(new FileEffect.Came());
    }

    @Test
    void theHistoryKnowsHowFarWhatWeSendHasCome() {
        var rows = Transfers.rows(sent(big()), ALICE, Map.of(REF, receiver()), List.of());
        assertThat(rows).contains(new Change.Mark(BOB, ID, Reach.QUEUED));
        assertThat(rows)
                .filteredOn(Change.Append.class::isInstance)
                .singleElement()
                .isInstanceOfSatisfying(Change.Append.class, append -> {
                    assertThat(append.entry().ours()).isTrue();
                    assertThat(append.entry().contact()).isEqualTo(BOB);
                    assertThat(append.entry().text()).isEqualTo(big().name());
                });
        assertThat(sending(big()).outgoing().inMailbox(REF).changes()).contains(new Change.Mark(BOB, ID, Reach.SENT));
        assertThat(sending(big()).said(REF, State.DONE, TAKEN).changes())
                .contains(new Change.Mark(BOB, ID, Reach.DELIVERED));
        for (var over : List.of(
                sending(big()).said(REF, State.DECLINED, TAKEN),
                sending(big()).cancel(ID),
                sending(big()).outgoing().changed(ID, "another"),
                sending(big()).outgoing().gaveUp(REF, "blocked")))
            assertThat(over.changes()).contains(new Change.Mark(BOB, ID, Reach.GAVE_UP));
    }

    @Test
    void aCrashLeavesWhatGoesOn() {
        assertThat(sending(big()).goOn().effects()).containsExactly(new FileEffect.Open(REF));
        assertThat(sending(big()).pause(ID).next().goOn().effects()).isEmpty();
        var naming = new CameFile.Naming(new FinalName.Plan("a", "k"), "00");
        var planned =
                receiving(big()).incoming().planned(REF, naming.plan(), "00").next();
        assertThat(planned.goOn().effects())
                .containsExactly(new FileEffect.Name(
                        Objects.requireNonNull(planned.came().get(REF)), naming));
    }

    private static Transfers sending(FileOffer offer) {
        return Transfers.NONE
                .outgoing()
                .queued(sent(offer), Map.of(REF, receiver()), List.of())
                .next();
    }

    private static Transfers receiving(FileOffer offer) {
        return new Transfers(
                Map.of(),
                Map.of(),
                Map.of(
                        REF,
                        new CameFile(REF, Optional.empty(), Optional.empty(), offer, new CameFile.Wanted(), Set.of())));
    }

    private static SentFile sent(FileOffer offer) {
        return new SentFile(
                ID, offer, Path.of("/a"), new SourceStamp(offer.size(), "t", "k"), Optional.empty(), 1, 0, false);
    }

    private static Receiver receiver() {
        return new Receiver(Optional.empty(), true);
    }

    private static FileOffer big() {
        return new FileOffer(1, false, 1 << 20, ByteString.fromArray(new byte[32]), "a.bin");
    }

    private static FileOffer pieces(long size) {
        return new FileOffer(1, true, size, ByteString.fromArray(new byte[32]), "a.bin");
    }

    private static Content.Piece piece(int index, int bytes) {
        return new Content.Piece(ID, ID, index, ByteString.fromArray(new byte[bytes]));
    }

    private static List<Happening> told(Step step) {
        return step.effects().stream()
                .filter(FileEffect.Tell.class::isInstance)
                .map(effect -> ((FileEffect.Tell) effect).happening())
                .toList();
    }
}
