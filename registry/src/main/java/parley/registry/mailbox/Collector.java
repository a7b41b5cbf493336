package parley.registry.mailbox;

import java.time.Duration;
import java.util.Optional;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.util.ByteString;
import parley.messages.name.UserName;

/**
 * Who collects from one mailbox, if anybody does, and what is on its way there.
 *
 * <pre>
 *   nobody --comes, there is one above--&gt; being read --still there---------------&gt; given, once: nobody
 *                                         being read --acknowledged meanwhile----&gt; the next one
 *                                         being read --the disk fails--&gt; a second later, again
 *   nobody --comes, there is none--&gt; waits --looks, after a deposit--&gt; being read
 *   waits, being read --another comes, it ends--&gt; forgotten
 *                     --we end--&gt; told Interrupted
 * </pre>
 */
final class Collector {
    /** After a disk that could not be read. */
    private static final Duration LOOK_AGAIN_AFTER = Duration.ofSeconds(1);

    private final ActorContext<Mailbox.Command> context;
    private final UserName name;
    private final Envelopes envelopes;
    private final Contents contents;
    private Optional<Mailbox.Collect> waiting = Optional.empty();
    private boolean reading;

    Collector(ActorContext<Mailbox.Command> context, UserName name, Envelopes envelopes, Contents contents) {
        this.context = context;
        this.name = name;
        this.envelopes = envelopes;
        this.contents = contents;
    }

    boolean isNobody() {
        return waiting.isEmpty();
    }

    void comes(Mailbox.Collect collect) {
        forget();
        waiting = Optional.of(collect);
        context.watchWith(collect.collector(), new Mailbox.CollectorGone(collect.collector()));
        looks();
    }

    /** Something for it, if it waits and nothing is on its way to it. */
    void looks() {
        if (reading || waiting.isEmpty()) return;
        var collect = waiting.get();
        contents.nextAfter(collect.after()).ifPresent(serial -> {
            reading = true;
            context.pipeToSelf(
                    envelopes.bytes(name, serial),
                    (bytes, failure) ->
                            failure == null ? new Mailbox.Read(collect, serial, bytes) : new Mailbox.NotRead());
        });
    }

    void read(Mailbox.Collect collect, long serial, Optional<ByteString> bytes) {
        reading = false;
        // Swept from the disk by age, whatever our own clock says.
        if (bytes.isEmpty()) contents.remove(serial);
        var entry = contents.at(serial);
        if (entry.isPresent() && waiting.equals(Optional.of(collect))) {
            forget();
            collect.collector()
                    .tell(new Mailbox.Envelope(
                            serial, entry.get().from(), entry.get().timeMillis(), bytes.get()));
        }
        looks();
    }

    void couldNotRead() {
        context.scheduleOnce(LOOK_AGAIN_AFTER, context.getSelf(), new Mailbox.LookAgain());
    }

    void looksAgain() {
        reading = false;
        looks();
    }

    void gone(ActorRef<Mailbox.Collected> who) {
        if (waiting.filter(collect -> collect.collector().equals(who)).isPresent()) forget();
    }

    /** The mailbox does. */
    void ends() {
        waiting.ifPresent(collect -> collect.collector().tell(new Mailbox.Interrupted()));
    }

    private void forget() {
        waiting.ifPresent(collect -> context.unwatch(collect.collector()));
        waiting = Optional.empty();
    }
}
