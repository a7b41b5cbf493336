package parley.registry.mailbox;

import java.time.Clock;
import java.time.Duration;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import parley.messages.name.UserName;

/**
 * The way of envelopes out of one mailbox.
 *
 * <pre>
 *   waiting --Ack--&gt; being deleted --gone from the disk--&gt; gone
 *                    being deleted --failed--&gt; waiting, and the answer says so
 *   waiting --too old, when somebody is about to see or to count what waits--&gt; gone
 * </pre>
 *
 * What is too old in mailboxes that nobody asks for, {@link Mailboxes} sweeps.
 */
final class Deletions {
    private final ActorContext<Mailbox.Command> context;
    private final UserName name;
    private final Envelopes envelopes;
    private final Contents contents;
    private final Duration keep;
    private final Clock clock;
    private int underWay;

    Deletions(
            ActorContext<Mailbox.Command> context,
            UserName name,
            Envelopes envelopes,
            Contents contents,
            Duration keep,
            Clock clock) {
        this.context = context;
        this.name = name;
        this.envelopes = envelopes;
        this.contents = contents;
        this.keep = keep;
        this.clock = clock;
    }

    /** Of those that somebody waits for. */
    boolean isNoneUnderWay() {
        return underWay == 0;
    }

    void acknowledged(Mailbox.Ack ack) {
        underWay++;
        context.pipeToSelf(
                envelopes.delete(name, ack.serials()), (gone, failure) -> new Mailbox.Deleted(ack, failure == null));
    }

    void deleted(Mailbox.Ack ack, boolean gone) {
        underWay--;
        if (gone) ack.serials().forEach(contents::remove);
        ack.replyTo().tell(gone ? new Mailbox.Acked() : new Mailbox.Busy());
    }

    /** What could not be deleted now is so the next time that this mailbox is opened, or by the sweep. */
    void dropOld() {
        var old = contents.olderThan(clock.millis() - keep.toMillis());
        if (old.isEmpty()) return;
        old.forEach(contents::remove);
        envelopes.delete(name, old);
    }
}
