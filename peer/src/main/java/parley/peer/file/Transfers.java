package parley.peer.file;

import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import parley.messages.name.UserName;
import parley.messages.wire.Content.FileState.State;
import parley.messages.wire.FileOffer;
import parley.messages.wire.MessageId;
import parley.peer.store.Change;

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

    // --- what happens ---------------------------------------------------------------------------------------------

    /** To those that we send. */
    Outgoing outgoing() {
        return new Outgoing(this);
    }

    /** To those that we are sent. */
    Incoming incoming() {
        return new Incoming(this);
    }

    /** Something that a contact said of a file; {@code taken} takes it from the inbox. */
    Step said(Ref ref, State state, Change taken) {
        var turn = new Turn(this);
        turn.change(taken);
        switch (state) {
            case DONE, DECLINED, FAILED, NO_ROOM, READY -> outgoing().heard(ref, state, turn);
            case CANCELLED -> incoming().givenUp(ref, "its sender has taken it back", turn);
            case CHANGED -> incoming().givenUp(ref, "it was changed or removed at its sender's", turn);
            case RELAYED -> {
                if (isOpen(ref)) turn.follows(new FileEffect.Meet(ref));
            }
        }
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

    Step pause(MessageId id) {
        var turn = new Turn(this);
        outgoing().pause(id, turn);
        cameOf(id).forEach(file -> incoming().pause(file, turn));
        return turn.done();
    }

    /** Also an ACCEPT. */
    Step resume(MessageId id) {
        var turn = new Turn(this);
        outgoing().resume(id, turn);
        cameOf(id).forEach(file -> incoming().resume(file, turn));
        return turn.done();
    }

    Step cancel(MessageId id) {
        var ours = sent.get(id);
        if (ours != null) return outgoing().cancel(ours);
        var turn = new Turn(this);
        cameOf(id).forEach(file -> incoming().decline(file, turn));
        return turn.done();
    }

    /** What a crash, or a sign-out, left. */
    Step goOn() {
        var turn = new Turn(this);
        receivers.keySet().stream().filter(this::isOpen).forEach(ref -> turn.follows(new FileEffect.Open(ref)));
        incoming().goOn(turn);
        return turn.done();
    }

    Step nothing() {
        return new Turn(this).done();
    }

    // --- looks ----------------------------------------------------------------------------------------------------

    /** Whether a piece of it belongs into the vault; of what is not known yet it stays where it is. */
    boolean knows(Ref ref) {
        return came.containsKey(ref);
    }

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
}
