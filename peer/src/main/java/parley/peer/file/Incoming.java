package parley.peer.file;

import java.util.Optional;
import java.util.Set;
import parley.messages.identity.IdentityKey;
import parley.messages.name.GroupName;
import parley.messages.wire.Content;
import parley.messages.wire.Content.FileState.State;
import parley.messages.wire.FileOffer;
import parley.peer.store.Change;
import parley.peer.transfer.FinalName;

/** What becomes of a file that we are sent, in each {@link CameFile.State}; its diagram is above {@link CameFile}. */
record Incoming(Transfers now) {
    /**
     * @param asks why the user is asked before it begins, if he is
     * @param taken takes it from the inbox
     */
    Step offered(
            Ref ref,
            Optional<IdentityKey> as,
            Optional<GroupName> group,
            FileOffer offer,
            Optional<String> asks,
            Change taken) {
        var turn = new Turn(now);
        turn.change(taken);
        // An id is known once; of whoever takes another's, nothing is believed.
        if (now.came().containsKey(ref) || now.sent().containsKey(ref.file())) return turn.done();
        long open = now.came().keySet().stream()
                .filter(other -> other.with().equals(ref.with()))
                .count();
        if (open >= Transfers.FROM_ONE_MAX) {
            turn.say(ref, as, State.DECLINED);
            return turn.done();
        }
        var file = new CameFile(
                ref, as, group, offer, asks.isPresent() ? new CameFile.Asking() : new CameFile.Wanted(), Set.of());
        turn.put(file);
        if (asks.isPresent()) turn.tell(Telling.offered(file, asks.get()));
        else begin(file, turn);
        return turn.done();
    }

    private static void begin(CameFile file, Turn turn) {
        if (!file.offer().inPieces()) turn.follows(new FileEffect.Open(file.ref()));
        else if (file.hasAllPieces()) turn.follows(new FileEffect.Gather(file));
    }

    Step piece(Ref ref, Content.Piece piece, Change taken) {
        var turn = new Turn(now);
        turn.change(taken);
        var file = now.came().get(ref);
        if (file == null || file.state() instanceof CameFile.Naming) return turn.done();
        boolean fits = file.offer().inPieces()
                && piece.index() < file.offer().pieces()
                && piece.bytes().size() == file.offer().pieceBytes(piece.index());
        if (!fits) {
            forget(file, turn);
            turn.say(ref, file.as(), State.FAILED);
            turn.tell(Telling.failed(file, "what came of it does not fit what was offered"));
            return turn.done();
        }
        // The first one counts.
        if (file.pieces().contains(piece.index())) return turn.done();
        var more = file.withPiece(piece.index());
        turn.put(more);
        turn.change(FileRows.piece(ref, piece.index(), piece.bytes()));
        if (more.isWanted() && more.hasAllPieces()) turn.follows(new FileEffect.Gather(more));
        return turn.done();
    }

    /** Whole and synced; what it is to be called was found. */
    Step planned(Ref ref, FinalName.Plan plan, String sha256) {
        var turn = new Turn(now);
        var file = now.came().get(ref);
        if (file == null) return turn.done();
        var naming = new CameFile.Naming(plan, sha256);
        var next = file.with(naming);
        turn.put(next);
        turn.follows(new FileEffect.Name(next, naming));
        return turn.done();
    }

    /** It has its name: the history shows it. */
    Step named(Ref ref, FileEffect.Kept kept, long nowMillis) {
        var turn = new Turn(now);
        var file = now.came().get(ref);
        if (file == null || !(file.state() instanceof CameFile.Naming(var plan, var sha256))) return turn.done();
        turn.over(file);
        turn.say(ref, file.as(), State.DONE);
        turn.change(FileHistory.came(file, kept, sha256, nowMillis));
        turn.follows(new FileEffect.Came());
        return turn.done();
    }

    /** The disk is as full as it may be. */
    Step noRoom(Ref ref) {
        var turn = new Turn(now);
        var file = now.came().get(ref);
        if (file == null || !file.isWanted()) return turn.done();
        turn.put(file.with(new CameFile.NoRoom()));
        turn.say(ref, file.as(), State.NO_ROOM);
        turn.tell(Telling.held(file, "the disk is nearly full; it goes on by itself when there is room"));
        return turn.done();
    }

    Step roomAgain(Ref ref) {
        var turn = new Turn(now);
        var file = now.came().get(ref);
        if (file == null || !(file.state() instanceof CameFile.NoRoom)) return turn.done();
        want(file, turn);
        return turn.done();
    }

    private static void want(CameFile file, Turn turn) {
        var wanted = file.with(new CameFile.Wanted());
        turn.put(wanted);
        if (!file.offer().inPieces() || file.state() instanceof CameFile.NoRoom)
            turn.say(file.ref(), file.as(), State.READY);
        begin(wanted, turn);
    }

    /** What is there of it is gone, or nonsense. */
    Step failed(Ref ref, String why) {
        var turn = new Turn(now);
        var file = now.came().get(ref);
        if (file == null) return turn.done();
        forget(file, turn);
        turn.say(ref, file.as(), State.FAILED);
        turn.tell(Telling.failed(file, why));
        return turn.done();
    }

    /** Its sender gave it up. */
    void givenUp(Ref ref, String why, Turn turn) {
        var file = now.came().get(ref);
        if (file == null || file.state() instanceof CameFile.Naming) return;
        forget(file, turn);
        turn.tell(Telling.failed(file, why));
    }

    private static void forget(CameFile file, Turn turn) {
        turn.over(file);
        if (!file.offer().inPieces()) turn.follows(new FileEffect.Shut(file.ref(), FileEffect.Shut.Why.DECLINED));
        turn.follows(new FileEffect.Discard(file.ref()));
    }

    // --- commands and a new start ---------------------------------------------------------------------------------

    void pause(CameFile file, Turn turn) {
        if (!file.isWanted() && !(file.state() instanceof CameFile.NoRoom)) return;
        turn.put(file.with(new CameFile.Paused()));
        turn.follows(new FileEffect.Shut(file.ref(), FileEffect.Shut.Why.NOT_NOW));
    }

    void resume(CameFile file, Turn turn) {
        switch (file.state()) {
            case CameFile.Asking() -> want(file, turn);
            case CameFile.NoRoom() -> want(file, turn);
            case CameFile.Paused() -> want(file, turn);
            case CameFile.Wanted() -> begin(file, turn);
            case CameFile.Naming naming -> {}
        }
    }

    void decline(CameFile file, Turn turn) {
        if (file.state() instanceof CameFile.Naming) return;
        forget(file, turn);
        turn.say(file.ref(), file.as(), State.DECLINED);
    }

    /** What a crash, or a sign-out, left. */
    void goOn(Turn turn) {
        for (var file : now.came().values()) {
            if (file.isWanted()) begin(file, turn);
            if (file.state() instanceof CameFile.Naming naming) turn.follows(new FileEffect.Name(file, naming));
        }
    }
}
