package parley.peer.file;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import parley.messages.wire.Content.FileState.State;
import parley.messages.wire.MessageId;
import parley.peer.store.Reach;

/**
 * What becomes of a file that we send, for each who is to get it.
 *
 * <pre>
 *   queued --DONE--&gt; delivered            --DECLINED, FAILED, nothing can reach him--&gt; given up
 *     | ^  `--NO_ROOM--&gt; held --READY--&gt; queued
 *     | `--resume-- paused
 *     `--pause--------^          cancelled, or its source is another: all who wait are told, and it is over
 * </pre>
 */
record Outgoing(Transfers now) {
    /** That commit was made. */
    Step queued(SentFile file, Map<Ref, Receiver> to, List<Post> posts) {
        var turn = new Turn(now);
        turn.found(file, to);
        if (!file.offer().inPieces()) to.keySet().forEach(ref -> turn.follows(new FileEffect.Open(ref)));
        var step = turn.done();
        return new Step(step.next(), step.changes(), posts, step.effects());
    }

    /** The source is another, or gone: nobody gets any more of it. */
    Step changed(MessageId file, String why) {
        var known = now.sent().get(file);
        return known == null ? now.nothing() : ended(known, State.CHANGED, why);
    }

    private Step ended(SentFile known, State said, String why) {
        var turn = new Turn(now);
        now.receiversOf(known.id()).forEach((ref, receiver) -> {
            turn.over(known, ref, Reach.GAVE_UP);
            turn.say(ref, receiver.as(), said);
            if (!known.offer().inPieces()) turn.follows(new FileEffect.Shut(ref, FileEffect.Shut.Why.CANCELLED));
            if (!why.isEmpty()) turn.tell(Telling.failed(known, ref, why));
        });
        return turn.done();
    }

    /** Its pieces wait for that one, who is not there. */
    Step inMailbox(Ref ref) {
        var turn = new Turn(now);
        var file = now.sent().get(ref.file());
        if (file != null && now.receivers().containsKey(ref)) {
            turn.change(FileHistory.reached(ref, Reach.SENT));
            turn.tell(Telling.inMailbox(file, ref));
        }
        return turn.done();
    }

    /** Nothing of it will reach that one. */
    Step gaveUp(Ref ref, String why) {
        var turn = new Turn(now);
        var file = now.sent().get(ref.file());
        if (file != null && now.receivers().containsKey(ref)) {
            turn.over(file, ref, Reach.GAVE_UP);
            if (!file.offer().inPieces()) turn.follows(new FileEffect.Shut(ref, FileEffect.Shut.Why.CANCELLED));
            turn.tell(Telling.failed(file, ref, why));
        }
        return turn.done();
    }

    // --- what its receivers say -------------------------------------------------------------------------------------

    /** What a receiver said of it. */
    void heard(Ref ref, State state, Turn turn) {
        var receiver = now.receivers().get(ref);
        var file = now.sent().get(ref.file());
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

    // --- commands -------------------------------------------------------------------------------------------------

    void pause(MessageId id, Turn turn) {
        var file = now.sent().get(id);
        if (file == null || file.paused()) return;
        turn.put(file.withPaused(true));
        for (var ref : now.receiversOf(id).keySet()) turn.follows(new FileEffect.Shut(ref, FileEffect.Shut.Why.PAUSED));
    }

    void resume(MessageId id, Turn turn) {
        var file = now.sent().get(id);
        if (file == null) return;
        if (file.paused()) turn.put(file.withPaused(false));
        if (file.offer().inPieces()) return;
        for (var ref : now.receiversOf(id).keySet()) turn.follows(new FileEffect.Open(ref));
    }

    /** By its sender. */
    Step cancel(SentFile file) {
        return ended(file, State.CANCELLED, "");
    }
}
