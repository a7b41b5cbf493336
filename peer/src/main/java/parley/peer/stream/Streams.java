package parley.peer.stream;

import static org.apache.pekko.actor.typed.javadsl.Behaviors.same;

import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.Executor;
import java.util.function.Supplier;
import org.apache.pekko.NotUsed;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.DispatcherSelector;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.stream.Attributes;
import org.apache.pekko.stream.Materializer;
import org.apache.pekko.stream.javadsl.Flow;
import org.apache.pekko.util.ByteString;
import org.jspecify.annotations.Nullable;
import parley.messages.name.PeerAddress;
import parley.messages.name.UserName;
import parley.messages.wire.MessageId;
import parley.peer.link.socket.NeverDialled;
import parley.peer.link.socket.Sockets;
import parley.peer.transfer.Disk;
import parley.peer.transfer.SourceStamp;

/**
 * The streams of a session: which files may go and come, and the connections that they do on.
 *
 * <pre>
 *   Send, Receive --&gt; open --Call, ByRelay, they connect--&gt; Began --&gt; Progress ... --&gt; Whole or Ended --&gt; open
 *                      `--Close--&gt; gone
 * </pre>
 *
 * A lane stays open after its end, whatever that was, until it is closed. Streams end with this actor.
 */
public final class Streams {
    public sealed interface Command {}

    /** From now on the other side may connect for it, until {@link Close}. Nothing of the file is read before. */
    public record Send(Lane lane, Path source, SourceStamp stamp) implements Command {}

    /** The same; the partial file is made, or found, in {@code folder} when a stream begins. */
    public record Receive(Lane lane, Path folder, int diskKeptFreePercent) implements Command {}

    /** Dials. Nothing happens if a stream of it runs already; else {@link Ended} says what became of it. */
    public record Call(UserName with, MessageId file, PeerAddress at) implements Command {}

    /** The same over a connection that the relay has given. */
    public record ByRelay(UserName with, MessageId file, Flow<ByteString, ByteString, NotUsed> connection)
            implements Command {}

    /** No more streams of it; one that runs says why. */
    public record Close(UserName with, MessageId file, Closing why) implements Command {}

    /** A connection on the link port whose first byte is {@link #FIRST_BYTE}. */
    public record Took(Sockets.Incoming connection) implements Command {}

    private record Heard(StreamStage.Event event, boolean ours) implements Command {}

    public enum Closing {
        PAUSED,
        CANCELLED,
        DECLINED,
        NOT_NOW
    }

    /** What the owner is told. */
    public sealed interface Change {
        UserName with();

        MessageId file();
    }

    /** Both know that they speak of the same file. */
    public record Began(UserName with, MessageId file) implements Change {}

    /** @param bytes that are there, those of earlier streams too; at most twice a second */
    public record Progress(UserName with, MessageId file, long bytes) implements Change {}

    /**
     * What was received is whole, the root is right, and it is on disk under the name of {@link
     * parley.peer.transfer.Partial}; of what was sent, the receiver says so.
     *
     * @param sha256 of the content in lower-case hex; empty if it was sent
     */
    public record Whole(UserName with, MessageId file, String sha256) implements Change {}

    /** The stream is over, or never was. */
    public record Ended(UserName with, MessageId file, Why why, String text) implements Change {}

    public enum Why {
        /** Nobody answered, or not as one who knows the file. */
        NOT_REACHED,
        /** The connection broke, or the sender's disk did. */
        CUT,
        /** Ours, where we receive. */
        DISK,
        /** By its sender. */
        PAUSED,
        CANCELLED,
        CHANGED,
        /** By its receiver. */
        NO_ROOM,
        DECLINED,
        NOT_NOW,
        /** The receiver had other bytes than the sender; what was there is thrown away. */
        WRONG,
        /** What came was nonsense. */
        BROKEN,
        /** We closed it. */
        CLOSED
    }

    /** What a stream's connection begins with, and no TLS does. */
    public static final int FIRST_BYTE = 'p';

    /** Calls of ours at once; the others wait in their order. */
    private static final int CALLS_MAX = 4;

    private static final Duration DIAL_MAX = Duration.ofSeconds(5);

    private static final String DISK_DISPATCHER = "parley.peer.transfer.disk-dispatcher";

    /** Pieces between a socket and the disk: enough to keep both busy, at most 64 KiB each. */
    private static final Attributes WINDOW = Attributes.inputBuffer(4, 8);

    private record Key(UserName with, MessageId file) {
        static Key of(Lane lane) {
            return new Key(lane.with(), lane.file());
        }
    }

    private record Waiting(Lane lane, Supplier<Flow<ByteString, ByteString, NotUsed>> connection) {}

    /** @param registryIsHere whether the registry itself is reached on loopback: then everybody is on this machine */
    public static Behavior<Command> create(ActorRef<? super Change> owner, boolean registryIsHere) {
        return create(owner, registryIsHere, Disk.REAL);
    }

    static Behavior<Command> create(ActorRef<? super Change> owner, boolean registryIsHere, Disk disk) {
        return Behaviors.setup(context -> new Streams(context, owner, registryIsHere, disk).running());
    }

    private final ActorContext<Command> context;
    private final ActorRef<? super Change> owner;
    private final boolean registryIsHere;
    private final Disk disk;
    private final Executor disks;
    private final Materializer materializer;
    private final SecureRandom random = new SecureRandom();
    private final Lanes lanes = new Lanes();
    private final Map<Key, Lane> open = new HashMap<>();
    private final Queue<Waiting> waiting = new ArrayDeque<>();
    private int calls;

    private Streams(ActorContext<Command> context, ActorRef<? super Change> owner, boolean registryIsHere, Disk disk) {
        this.context = context;
        this.owner = owner;
        this.registryIsHere = registryIsHere;
        this.disk = disk;
        this.disks = context.getSystem().dispatchers().lookup(DispatcherSelector.fromConfig(DISK_DISPATCHER));
        this.materializer = Materializer.createMaterializer(context);
    }

    private Behavior<Command> running() {
        return Behaviors.receiveMessage(command -> {
            switch (command) {
                case Send(var lane, var source, var stamp) -> open(lane, () -> new SendingEnd(lane, source, stamp));
                case Receive(var lane, var folder, var percent) ->
                    open(lane, () -> new ReceivingEnd(lane, folder, percent, disk, disks));
                case Call call -> dial(call);
                case ByRelay(var with, var file, var connection) -> call(with, file, () -> connection);
                case Close(var with, var file, var why) -> close(new Key(with, file), why);
                case Took(var connection) -> run(null, connection.flow());
                case Heard(var event, var ours) -> heard(event, ours);
            }
            return same();
        });
    }

    private void open(Lane lane, Supplier<End> end) {
        open.put(Key.of(lane), lane);
        lanes.open(lane, end);
    }

    private void close(Key key, Closing why) {
        var lane = open.remove(key);
        if (lane == null) return;
        waiting.removeIf(call -> Key.of(call.lane).equals(key));
        lanes.close(lane).ifPresent(port -> port.close(why));
    }

    private void dial(Call call) {
        var never = NeverDialled.why(call.at, registryIsHere);
        if (never.isPresent()) owner.tell(new Ended(call.with, call.file, Why.NOT_REACHED, never.get()));
        else call(call.with, call.file, () -> Sockets.dial(call.at.toSocketAddress(), DIAL_MAX));
    }

    private void call(UserName with, MessageId file, Supplier<Flow<ByteString, ByteString, NotUsed>> connection) {
        var lane = open.get(new Key(with, file));
        if (lane == null) {
            owner.tell(new Ended(with, file, Why.CLOSED, "closed"));
            return;
        }
        boolean known = waiting.stream().anyMatch(call -> call.lane.equals(lane));
        if (known || lanes.isBusy(lane)) return;
        waiting.add(new Waiting(lane, connection));
        callNext();
    }

    private void callNext() {
        while (calls < CALLS_MAX && !waiting.isEmpty()) {
            var next = waiting.remove();
            calls++;
            run(next.lane, next.connection.get());
        }
    }

    private void run(@Nullable Lane called, Flow<ByteString, ByteString, NotUsed> connection) {
        var self = context.getSelf();
        boolean ours = called != null;
        var stage = new StreamStage(lanes, called, random, event -> self.tell(new Heard(event, ours)));
        connection
                .join(Flow.fromGraph(stage).async(DISK_DISPATCHER).addAttributes(WINDOW))
                .withAttributes(Sockets.ON_LOOP)
                .run(materializer);
    }

    private void heard(StreamStage.Event event, boolean ours) {
        switch (event) {
            case StreamStage.Began(var lane) -> owner.tell(new Began(lane.with(), lane.file()));
            case StreamStage.Progress(var lane, var bytes) -> owner.tell(new Progress(lane.with(), lane.file(), bytes));
            case StreamStage.Done(var lane, var verdict) -> {
                if (ours) calls--;
                if (lane != null && !hasGivenWay(lane, verdict)) owner.tell(over(lane, verdict));
                callNext();
            }
        }
    }

    /** Another stream of it runs, and is the one that counts. */
    private boolean hasGivenWay(Lane lane, End.Verdict verdict) {
        return verdict instanceof End.Over && lanes.isBusy(lane);
    }

    private static Change over(Lane lane, End.Verdict verdict) {
        return switch (verdict) {
            case End.Whole(var sha256) -> new Whole(lane.with(), lane.file(), sha256);
            case End.Over(var why, var text) -> new Ended(lane.with(), lane.file(), why, text);
        };
    }
}
