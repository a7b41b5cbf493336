package parley.peer.file;

import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import parley.messages.identity.IdentityKey;
import parley.messages.name.GroupName;
import parley.messages.name.UserName;
import parley.messages.wire.Content;
import parley.messages.wire.Content.FileState.State;
import parley.messages.wire.FileOffer;
import parley.messages.wire.MessageId;
import parley.peer.store.Change;
import parley.peer.store.Reach;
import parley.peer.transfer.FinalName;

/**
 * All files that are under way, as a value: whatever happens answers with the next one, with what to store and with
 * what follows once that is stored.
 *
 * @param sent that we send, the oldest first
 * @param receivers who does not have them yet
 * @param came that we are sent
 */
record Transfers(Map<MessageId, SentFile> sent, Map<Ref, Receiver> receivers, Map<Ref, CameFile> came) {
    static final Transfers NONE = new Transfers(Map.of(), Map.of(), Map.of());

    /** Files of one contact that are not over. More are declined: each costs a row, and perhaps a file. */
    static final int FROM_ONE_MAX = 1_000;

    /** Of ours, by receiver. */
    static final int SENT_MAX = 10_000;

    Transfers {
        sent = Collections.unmodifiableMap(new LinkedHashMap<>(sent));
        receivers = Collections.unmodifiableMap(new HashMap<>(receivers));
        came = Collections.unmodifiableMap(new LinkedHashMap<>(came));
    }

    // --- what we send ---------------------------------------------------------------------------------------------

    boolean hasRoomToSend() {
        return receivers.size() < SENT_MAX;
    }

    /** What belongs into the commit that takes the offer. */
    static List<Change> rows(SentFile file, UserName own, Map<Ref, Receiver> to, List<Post> posts) {
        return Stream.of(
                        FileHistory.sent(file, own, to).stream(),
                        Stream.of(FileRows.put(file)),
                        to.entrySet().stream().map(one -> FileRows.put(one.getKey(), one.getValue())),
                        posts.stream().map(FileRows::put))
                .flatMap(each -> each)
                .toList();
    }

    /** That commit was made. */
    Step queued(SentFile file, Map<Ref, Receiver> to, List<Post> posts) {
        var turn = new Turn(this);
        turn.found(file, to);
        if (!file.offer().inPieces()) to.keySet().forEach(ref -> turn.follows(new FileEffect.Open(ref)));
        var step = turn.done();
        return new Step(step.next(), step.changes(), posts, step.effects());
    }

    /** The source is another, or gone: nobody gets any more of it. */
    Step changed(MessageId file, String why) {
        var known = sent.get(file);
        return known == null ? nothing() : ended(known, State.CHANGED, why);
    }

    private Step ended(SentFile known, State said, String why) {
        var turn = new Turn(this);
        receiversOf(known.id()).forEach((ref, receiver) -> {
            turn.over(known, ref, Reach.GAVE_UP);
            turn.say(ref, receiver.as(), said);
            if (!known.offer().inPieces()) turn.follows(new FileEffect.Shut(ref, FileEffect.Shut.Why.CANCELLED));
            if (!why.isEmpty()) turn.tell(Telling.failed(known, ref, why));
        });
        return turn.done();
    }

    /** Its pieces wait for that one, who is not there. */
    Step inMailbox(Ref ref) {
        var turn = new Turn(this);
        var file = sent.get(ref.file());
        if (file != null && receivers.containsKey(ref)) {
            turn.change(FileHistory.reached(ref, Reach.SENT));
            turn.tell(Telling.inMailbox(file, ref));
        }
        return turn.done();
    }

    /** Nothing of it will reach that one. */
    Step gaveUp(Ref ref, String why) {
        var turn = new Turn(this);
        var file = sent.get(ref.file());
        if (file != null && receivers.containsKey(ref)) {
            turn.over(file, ref, Reach.GAVE_UP);
            if (!file.offer().inPieces()) turn.follows(new FileEffect.Shut(ref, FileEffect.Shut.Why.CANCELLED));
            turn.tell(Telling.failed(file, ref, why));
        }
        return turn.done();
    }

    // --- what is said of it ---------------------------------------------------------------------------------------

    /** Something that a contact said of a file; {@code taken} takes it from the inbox. */
    Step said(Ref ref, State state, Change taken) {
        var turn = new Turn(this);
        turn.change(taken);
        switch (state) {
            case DONE, DECLINED, FAILED, NO_ROOM, READY -> fromReceiver(ref, state, turn);
            case CANCELLED -> fromSender(ref, "its sender has taken it back", turn);
            case CHANGED -> fromSender(ref, "it was changed or removed at its sender's", turn);
            case RELAYED -> {
                if (isOpen(ref)) turn.follows(new FileEffect.Meet(ref));
            }
        }
        return turn.done();
    }

    private void fromReceiver(Ref ref, State state, Turn turn) {
        var receiver = receivers.get(ref);
        var file = sent.get(ref.file());
        if (receiver == null || file == null) {
            // He waits for what there is no more. Only who asks is answered, or two would go on for ever.
            if (state == State.READY && file == null) turn.say(ref, Optional.empty(), State.CANCELLED);
            return;
        }
        switch (state) {
            case DONE -> {
                var reached = file.reachedOneMore();
                turn.over(reached, ref, Reach.DELIVERED);
                turn.tell(Telling.delivered(reached, ref));
                turn.follows(new FileEffect.Shut(ref, FileEffect.Shut.Why.CANCELLED));
            }
            case DECLINED -> refused(file, ref, "%s does not want it".formatted(ref.with()), turn);
            case FAILED -> refused(file, ref, "%s could not keep it".formatted(ref.with()), turn);
            case NO_ROOM -> {
                if (!receiver.hasRoom()) return;
                turn.put(ref, receiver.withRoom(false));
                turn.tell(Telling.held(file, ref, "the disk of %s has no room for it".formatted(ref.with())));
            }
            case READY -> {
                if (!receiver.hasRoom()) turn.put(ref, receiver.withRoom(true));
                if (!file.paused() && !file.offer().inPieces()) turn.follows(new FileEffect.Meet(ref));
            }
            case CANCELLED, CHANGED, RELAYED -> {}
        }
    }

    private static void refused(SentFile file, Ref ref, String why, Turn turn) {
        turn.over(file, ref, Reach.GAVE_UP);
        turn.tell(Telling.failed(file, ref, why));
        turn.follows(new FileEffect.Shut(ref, FileEffect.Shut.Why.CANCELLED));
    }

    private void fromSender(Ref ref, String why, Turn turn) {
        var file = came.get(ref);
        if (file == null || file.state() instanceof CameFile.Naming) return;
        forget(file, turn);
        turn.tell(Telling.failed(file, why));
    }

    private static void forget(CameFile file, Turn turn) {
        turn.over(file);
        if (!file.offer().inPieces()) turn.follows(new FileEffect.Shut(file.ref(), FileEffect.Shut.Why.DECLINED));
        turn.follows(new FileEffect.Discard(file.ref()));
    }

    // --- what we are sent -----------------------------------------------------------------------------------------

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
        var turn = new Turn(this);
        turn.change(taken);
        // An id is known once; of whoever takes another's, nothing is believed.
        if (came.containsKey(ref) || sent.containsKey(ref.file())) return turn.done();
        long open = came.keySet().stream()
                .filter(other -> other.with().equals(ref.with()))
                .count();
        if (open >= FROM_ONE_MAX) {
            turn.say(ref, as, State.DECLINED);
            return turn.done();
        }
        var file = new CameFile(
                ref,
                as,
                group,
                offer,
                asks.isPresent() ? new CameFile.Asking() : new CameFile.Wanted(),
                java.util.Set.of());
        turn.put(file);
        if (asks.isPresent()) turn.tell(Telling.offered(file, asks.get()));
        else begin(file, turn);
        return turn.done();
    }

    private static void begin(CameFile file, Turn turn) {
        if (!file.offer().inPieces()) turn.follows(new FileEffect.Open(file.ref()));
        else if (file.hasAllPieces()) turn.follows(new FileEffect.Gather(file));
    }

    /** Whether a piece of it belongs into the vault; of what is not known yet it stays where it is. */
    boolean knows(Ref ref) {
        return came.containsKey(ref);
    }

    Step piece(Ref ref, Content.Piece piece, Change taken) {
        var turn = new Turn(this);
        turn.change(taken);
        var file = came.get(ref);
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
        var turn = new Turn(this);
        var file = came.get(ref);
        if (file == null) return turn.done();
        var naming = new CameFile.Naming(plan, sha256);
        var next = file.with(naming);
        turn.put(next);
        turn.follows(new FileEffect.Name(next, naming));
        return turn.done();
    }

    /** It has its name: the history shows it. */
    Step named(Ref ref, FileEffect.Kept kept, long nowMillis) {
        var turn = new Turn(this);
        var file = came.get(ref);
        if (file == null || !(file.state() instanceof CameFile.Naming(var plan, var sha256))) return turn.done();
        turn.over(file);
        turn.say(ref, file.as(), State.DONE);
        turn.change(FileHistory.came(file, kept, sha256, nowMillis));
        turn.follows(new FileEffect.Came());
        return turn.done();
    }

    /** Something that has to be said now, if it is still so. */
    Step say(Ref ref, State state) {
        var turn = new Turn(this);
        var theirs = came.get(ref);
        var receiver = receivers.get(ref);
        if (isOpen(ref) && theirs != null) turn.say(ref, theirs.as(), state);
        else if (isOpen(ref) && receiver != null) turn.say(ref, receiver.as(), state);
        return turn.done();
    }

    /** The disk is as full as it may be. */
    Step noRoom(Ref ref) {
        var turn = new Turn(this);
        var file = came.get(ref);
        if (file == null || !file.isWanted()) return turn.done();
        turn.put(file.with(new CameFile.NoRoom()));
        turn.say(ref, file.as(), State.NO_ROOM);
        turn.tell(Telling.held(file, "the disk is nearly full; it goes on by itself when there is room"));
        return turn.done();
    }

    Step roomAgain(Ref ref) {
        var turn = new Turn(this);
        var file = came.get(ref);
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
        var turn = new Turn(this);
        var file = came.get(ref);
        if (file == null) return turn.done();
        forget(file, turn);
        turn.say(ref, file.as(), State.FAILED);
        turn.tell(Telling.failed(file, why));
        return turn.done();
    }

    // --- commands -------------------------------------------------------------------------------------------------

    Step pause(MessageId id) {
        var turn = new Turn(this);
        var file = sent.get(id);
        if (file != null && !file.paused()) {
            turn.put(file.withPaused(true));
            receiversOf(id).keySet().forEach(ref -> turn.follows(new FileEffect.Shut(ref, FileEffect.Shut.Why.PAUSED)));
        }
        for (var one : cameOf(id))
            if (one.isWanted() || one.state() instanceof CameFile.NoRoom) {
                turn.put(one.with(new CameFile.Paused()));
                turn.follows(new FileEffect.Shut(one.ref(), FileEffect.Shut.Why.NOT_NOW));
            }
        return turn.done();
    }

    /** Also an ACCEPT. */
    Step resume(MessageId id) {
        var turn = new Turn(this);
        var file = sent.get(id);
        if (file != null) {
            if (file.paused()) turn.put(file.withPaused(false));
            if (!file.offer().inPieces())
                receiversOf(id).keySet().forEach(ref -> turn.follows(new FileEffect.Open(ref)));
        }
        for (var one : cameOf(id))
            switch (one.state()) {
                case CameFile.Asking() -> want(one, turn);
                case CameFile.NoRoom() -> want(one, turn);
                case CameFile.Paused() -> want(one, turn);
                case CameFile.Wanted() -> begin(one, turn);
                case CameFile.Naming naming -> {}
            }
        return turn.done();
    }

    Step cancel(MessageId id) {
        var ours = sent.get(id);
        if (ours != null) return ended(ours, State.CANCELLED, "");
        var turn = new Turn(this);
        for (var one : cameOf(id)) {
            if (one.state() instanceof CameFile.Naming) continue;
            forget(one, turn);
            turn.say(one.ref(), one.as(), State.DECLINED);
        }
        return turn.done();
    }

    /** What a crash, or a sign-out, left. */
    Step goOn() {
        var turn = new Turn(this);
        receivers.keySet().stream().filter(this::isOpen).forEach(ref -> turn.follows(new FileEffect.Open(ref)));
        for (var file : came.values()) {
            if (file.isWanted()) begin(file, turn);
            if (file.state() instanceof CameFile.Naming naming) turn.follows(new FileEffect.Name(file, naming));
        }
        return turn.done();
    }

    // --- looks ----------------------------------------------------------------------------------------------------

    /** Whether bytes of it may pass in a stream now. */
    boolean isOpen(Ref ref) {
        var theirs = came.get(ref);
        if (theirs != null) return theirs.isWanted() && !theirs.offer().inPieces();
        var ours = sent.get(ref.file());
        return ours != null
                && receivers.containsKey(ref)
                && !ours.paused()
                && !ours.offer().inPieces();
    }

    Optional<CameFile> wanted(Ref ref) {
        return Optional.ofNullable(came.get(ref)).filter(CameFile::isWanted);
    }

    /** What is to get its name. */
    Optional<FileEffect.Name> naming(Ref ref) {
        var file = came.get(ref);
        return file != null && file.state() instanceof CameFile.Naming naming
                ? Optional.of(new FileEffect.Name(file, naming))
                : Optional.empty();
    }

    boolean isSent(Ref ref) {
        return receivers.containsKey(ref);
    }

    Optional<FileOffer> offerOf(Ref ref) {
        var theirs = came.get(ref);
        return theirs != null
                ? Optional.of(theirs.offer())
                : Optional.ofNullable(sent.get(ref.file())).map(SentFile::offer);
    }

    /** Bytes of streams that we wait for. */
    long stillToCome(Map<Ref, Long> passed) {
        return came.values().stream()
                .filter(CameFile::isWanted)
                .mapToLong(file -> Math.max(0, file.offer().size() - passed.getOrDefault(file.ref(), 0L)))
                .sum();
    }

    boolean isUnderWay(Ref ref) {
        return receivers.containsKey(ref) || came.containsKey(ref);
    }

    Map<Ref, Receiver> receiversOf(MessageId id) {
        var of = new LinkedHashMap<Ref, Receiver>();
        receivers.forEach((ref, receiver) -> {
            if (ref.file().equals(id)) of.put(ref, receiver);
        });
        return of;
    }

    List<CameFile> cameOf(MessageId id) {
        return came.values().stream()
                .filter(file -> file.ref().file().equals(id))
                .toList();
    }

    /** All ids that begin so. */
    List<MessageId> called(String beginning) {
        return Stream.concat(sent.keySet().stream(), came.keySet().stream().map(Ref::file))
                .distinct()
                .filter(id -> id.toString().startsWith(beginning))
                .toList();
    }

    String nameOf(MessageId id) {
        var ours = sent.get(id);
        return ours != null
                ? ours.offer().name()
                : cameOf(id).stream().map(Telling::name).findFirst().orElse("");
    }

    private Step nothing() {
        return new Turn(this).done();
    }
}
