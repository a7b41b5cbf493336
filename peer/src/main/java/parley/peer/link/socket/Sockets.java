package parley.peer.link.socket;

import java.net.InetSocketAddress;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.concurrent.CompletionStage;
import java.util.function.IntConsumer;
import org.apache.pekko.Done;
import org.apache.pekko.NotUsed;
import org.apache.pekko.stream.ActorAttributes;
import org.apache.pekko.stream.Attributes;
import org.apache.pekko.stream.javadsl.Flow;
import org.apache.pekko.stream.javadsl.Source;
import org.apache.pekko.util.ByteString;

/**
 * TCP as flows of bytes. How a connection ends is told apart: completing our side half-closes it, failing our side resets
 * it, and their reset fails our side with an {@link java.io.IOException}. Run every graph with {@link #ON_LOOP}.
 */
public final class Sockets {
    static final String DISPATCHER = "parley.peer.link.dispatcher";

    /** Where every graph with a socket in it runs. */
    public static final Attributes ON_LOOP = ActorAttributes.dispatcher(DISPATCHER);

    /**
     * @param flow run it exactly once
     * @param first for who wants to know how it begins, before the flow is run
     */
    public record Incoming(InetSocketAddress remote, Flow<ByteString, ByteString, NotUsed> flow, First first) {}

    /** The first byte of an accepted connection, which the flow still begins with. */
    public interface First {
        /**
         * On the thread of the sockets, and {@code told} is called there: with the byte, or with -1 if the connection
         * ended, or broke, without one. Once.
         */
        void await(IntConsumer told);

        /** From any thread. Whoever still waits for it is told -1, and the connection is closed. */
        void giveUp();
    }

    /** An address that is listened on. */
    public interface Binding {
        InetSocketAddress local();

        /** Accepts no more; the connections that are open go on. */
        CompletionStage<Done> unbind();
    }

    /** A connection that is dialled when the flow is run; its first demand for bytes means that it stands. */
    public static Flow<ByteString, ByteString, NotUsed> dial(InetSocketAddress remote, Duration timeout) {
        return Flow.fromGraph(SocketFlow.dialling(remote, timeout));
    }

    /** Materializes to a failed stage if the address cannot be had. */
    public static Source<Incoming, CompletionStage<Binding>> accept(InetSocketAddress local) {
        return Source.fromGraph(new Accepting(local));
    }

    static Incoming incoming(InetSocketAddress remote, SocketChannel channel) {
        var first = new FirstByte(channel);
        return new Incoming(remote, Flow.fromGraph(SocketFlow.accepted(channel, first)), first);
    }

    private Sockets() {}
}
