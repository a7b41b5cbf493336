package parley.peer.group;

import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.TimerScheduler;
import parley.messages.directory.Request;
import parley.peer.contact.Effect;
import parley.peer.group.Commits.LookAgain;
import parley.peer.group.GroupCommand.Alter;

/**
 * A circle's log and the registry's: ours is fetched on from what we know when theirs may be longer, theirs is appended to
 * with what we want to alter. One question at a time, and what is missing before what is to be altered. Mutable; its
 * actor's alone.
 *
 * <pre>
 *   Alter --drafted, signed, append--&gt; taken: to be stored, and said to whom it concerns
 *              ^                        `--head: fetched, and thought through again, at most 8 times
 *   SignedIn, a place beyond our log --&gt; fetched --&gt; what waits is to be judged again
 *                    ^                      `--still not shown--&gt; warned of, and looked for a while later
 *                    `----------------------------------------------------´
 * </pre>
 */
final class Replication {
    private final GroupSurroundings around;
    private final TimerScheduler<GroupCommand> timers;
    private final Enquiry enquiry;
    private final Amendments amendments = new Amendments();
    private final Lookout lookout = new Lookout();

    /** The registry's log may be longer than ours. */
    private boolean wantsLog;

    Replication(GroupSurroundings around, ActorContext<GroupCommand> context, TimerScheduler<GroupCommand> timers) {
        this.around = around;
        this.timers = timers;
        this.enquiry = new Enquiry(around, context);
    }

    void wantLog() {
        wantsLog = true;
    }

    void alter(Alter alter) {
        amendments.add(alter);
    }

    void signedIn() {
        lookout.beginAnew();
        wantsLog = true;
    }

    void lookAgain(Circle circle) {
        wantsLog |= circle.wantsMore();
    }

    /** Who names what nobody shows must not delay what others name. */
    void heard(Effect.ForGroup what, Circle before, Circle after) {
        boolean looksAlready = timers.isTimerActive(new LookAgain()) && before.waitsFor(what.contact());
        if (after.waits(what) && !looksAlready) wantsLog = true;
    }

    /** First what is missing, then what is to be altered. */
    void ask(Circle circle) {
        if (enquiry.isOpen()) return;
        if (wantsLog) {
            wantsLog = false;
            enquiry.forMoreOf(circle.log());
            return;
        }
        amendments
                .next(circle.log(), around.moment(), around.keys())
                .ifPresent(entry ->
                        enquiry.toTake(new Request.AppendToLog(circle.log().name(), entry)));
    }

    Amendments.Outcome answered(GroupDesk.Outcome answer, Circle circle) {
        enquiry.ended();
        var outcome = amendments.answered(answer, circle.log());
        if (outcome instanceof Amendments.NotTakenIn(var wants)) wantsLog |= wants;
        return outcome;
    }

    /** If something still waits after that step, it is looked for again after a while, longer each time. */
    Step fetched(Logbook.Found found, Circle circle) {
        enquiry.ended();
        var step = judged(found, circle, around.moment());
        if (step.next().wantsMore()) {
            timers.startSingleTimer(new LookAgain(), lookout.pause());
        } else {
            lookout.beginAnew();
            timers.cancel(new LookAgain());
        }
        return step;
    }

    private Step judged(Logbook.Found found, Circle circle, Moment moment) {
        return switch (found) {
            case Logbook.Whole(var log) ->
                log.size() > circle.log().size()
                        ? circle.grown(log, moment).then(next -> complete(next, moment))
                        : complete(circle, moment);
            case Logbook.NotThere none -> complete(circle, moment);
            case Logbook.Wrong wrong ->
                // Who is no member any more is shown less than he knows, and that is right.
                circle.isMember(moment) ? circle.invented(moment) : complete(circle, moment);
            case Logbook.Away(var why) -> {
                amendments.outOfReach(why);
                // Once, it may just be away.
                yield lookout.wasInVain() ? complete(circle, moment) : Step.nothing(circle);
            }
        };
    }

    /** What came while the log was on its way may be newer than that: it is fetched again before anybody is warned. */
    private Step complete(Circle circle, Moment moment) {
        return wantsLog ? Step.nothing(circle) : circle.complete(moment);
    }
}
