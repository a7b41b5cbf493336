package parley.peer.cipher;

import static org.apache.pekko.actor.typed.javadsl.Behaviors.receiveMessage;
import static org.apache.pekko.actor.typed.javadsl.Behaviors.same;

import java.security.SecureRandom;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.StashBuffer;
import org.apache.pekko.util.ByteString;
import org.jspecify.annotations.Nullable;
import parley.messages.classic.GroupKey;
import parley.messages.classic.Sealed;

/**
 * Owns one group's key, which the registry hands to members. It is fetched when first needed and kept: a classic group
 * has one key for life.
 *
 * <pre>
 *   keyless --Seal, Open--> fetching --Granted--> keyed --Seal, Open--> keyed
 *      ^                      |   Seal, Open: held
 *      `--Denied, a failure---´   the held ones are refused
 * </pre>
 *
 * It is stopped with its session, never restarted.
 */
public final class GroupCipher {
    public sealed interface Command {}

    /** Prints without its content. */
    public record Seal(List<ByteString> plain, ActorRef<Sealing> replyTo) implements Command {
        @Override
        public String toString() {
            return "Seal[%d redacted]".formatted(plain.size());
        }
    }

    public record Open(List<Sealed> sealed, ActorRef<Opening> replyTo) implements Command {}

    /** What whoever fetches the key comes back with. */
    public sealed interface KeyAnswer {}

    public record Granted(GroupKey key) implements KeyAnswer {}

    /** @param why one line, fit to show */
    public record Denied(String why) implements KeyAnswer {}

    private record Fetched(
            @Nullable KeyAnswer answer, @Nullable Throwable failure) implements Command {}

    /** Commands held while the key is fetched, each of at most 64 KiB. More are refused at once. */
    static final int WAITING_MAX = 64;

    private static final String TOO_MANY = "too many wait for the group's key";
    private static final String UNREACHABLE = "the group's key cannot be had now";

    /** @param fetch asks for the key; called when it is needed and not yet known, never twice at once */
    public static Behavior<Command> create(Supplier<CompletionStage<KeyAnswer>> fetch) {
        return Behaviors.setup(context ->
                Behaviors.withStash(WAITING_MAX, waiting -> new GroupCipher(context, waiting, fetch).keyless()));
    }

    private final ActorContext<Command> context;
    private final StashBuffer<Command> waiting;
    private final Supplier<CompletionStage<KeyAnswer>> fetch;

    private GroupCipher(
            ActorContext<Command> context, StashBuffer<Command> waiting, Supplier<CompletionStage<KeyAnswer>> fetch) {
        this.context = context;
        this.waiting = waiting;
        this.fetch = fetch;
    }

    private Behavior<Command> keyless() {
        return receiveMessage(command -> switch (command) {
            case Seal first -> fetching(first);
            case Open first -> fetching(first);
            case Fetched stray -> throw new IllegalStateException("a key came that nobody had asked for");
        });
    }

    private Behavior<Command> fetching(Command first) {
        waiting.stash(first);
        context.pipeToSelf(fetch.get(), Fetched::new);
        return receiveMessage(command -> switch (command) {
            case Seal later -> hold(later);
            case Open later -> hold(later);
            case Fetched(var answer, var failure) ->
                switch (answer) {
                    case Granted(var key) -> waiting.unstashAll(keyed(new DesOfb(DesKey.of(key), new SecureRandom())));
                    case Denied(var why) -> refuseAll(why);
                    case null -> refuseAll(UNREACHABLE);
                };
        });
    }

    private Behavior<Command> keyed(DesOfb keys) {
        return receiveMessage(command -> switch (command) {
            case Seal(var plain, var replyTo) -> {
                replyTo.tell(new Sealing.Done(keys.seal(plain)));
                yield same();
            }
            case Open(var sealed, var replyTo) -> {
                replyTo.tell(ContactCipher.opened(keys.open(sealed)));
                yield same();
            }
            case Fetched stray -> throw new IllegalStateException("a key came that nobody had asked for");
        });
    }

    private Behavior<Command> hold(Command later) {
        if (waiting.isFull()) refuse(later, TOO_MANY);
        else waiting.stash(later);
        return same();
    }

    /** The next need asks again: the registry may be back, or we may have joined. */
    private Behavior<Command> refuseAll(String why) {
        waiting.forEach(held -> refuse(held, why));
        waiting.clear();
        return keyless();
    }

    private static void refuse(Command held, String why) {
        switch (held) {
            case Seal seal -> seal.replyTo().tell(new Sealing.Refused(why));
            case Open open -> open.replyTo().tell(new Opening.Refused(why));
            case Fetched never -> throw new IllegalStateException("an answer is never held");
        }
    }
}
