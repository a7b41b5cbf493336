package parley.registry.mailbox;

import java.time.Clock;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.jspecify.annotations.Nullable;
import parley.messages.name.UserName;

/**
 * The way of envelopes into one mailbox.
 *
 * <pre>
 *   Deposit --who is that?--&gt; checked --there is room--&gt; being written --on disk--&gt; waiting
 *                             checked --no such name, revoked, full--&gt; refused
 *                                      being written --failed--&gt; refused
 * </pre>
 *
 * Whoever deposits is answered once, at the end of its way: what has been promised to wait is on disk.
 */
final class Deposits {
    private final ActorContext<Mailbox.Command> context;
    private final UserName name;
    private final Envelopes envelopes;
    private final Function<UserName, CompletionStage<Mailbox.Recipient>> recipients;
    private final Contents contents;
    private final Deletions deletions;
    private final Clock clock;
    private int underWay;

    Deposits(
            ActorContext<Mailbox.Command> context,
            UserName name,
            Envelopes envelopes,
            Function<UserName, CompletionStage<Mailbox.Recipient>> recipients,
            Contents contents,
            Deletions deletions,
            Clock clock) {
        this.context = context;
        this.name = name;
        this.envelopes = envelopes;
        this.recipients = recipients;
        this.contents = contents;
        this.deletions = deletions;
        this.clock = clock;
    }

    boolean isNoneUnderWay() {
        return underWay == 0;
    }

    void comes(Mailbox.Deposit deposit) {
        underWay++;
        context.pipeToSelf(recipients.apply(name), (recipient, failure) -> new Mailbox.Checked(deposit, recipient));
    }

    /** @param recipient null if that could not be found out */
    void checked(Mailbox.Deposit deposit, Mailbox.@Nullable Recipient recipient) {
        var refusal = refusal(deposit, recipient);
        if (refusal.isPresent()) {
            underWay--;
            deposit.replyTo().tell(refusal.get());
            return;
        }
        var entry = new Contents.Entry(
                deposit.from(), clock.millis(), deposit.envelope().size());
        contents.coming(entry);
        context.pipeToSelf(
                envelopes.put(name, entry, deposit.envelope()),
                (serial, failure) -> new Mailbox.Written(deposit, entry, serial));
    }

    private Optional<Mailbox.DepositAnswer> refusal(Mailbox.Deposit deposit, Mailbox.@Nullable Recipient recipient) {
        if (recipient == null) return Optional.of(new Mailbox.Busy());
        return switch (recipient) {
            case NONE -> Optional.of(new Mailbox.NoMailbox());
            case REVOKED -> Optional.of(new Mailbox.Revoked());
            case MODERN -> {
                deletions.dropOld();
                yield contents.full(deposit.from(), deposit.envelope().size()).map(Mailbox.Full::new);
            }
        };
    }

    /**
     * @param serial null if it could not be written
     * @return whether there is one more to collect
     */
    boolean written(Mailbox.Deposit deposit, Contents.Entry entry, @Nullable Long serial) {
        underWay--;
        if (serial == null) {
            contents.failed(entry);
            deposit.replyTo().tell(new Mailbox.Busy());
            return false;
        }
        contents.came(serial, entry);
        deposit.replyTo().tell(new Mailbox.Deposited());
        return true;
    }
}
