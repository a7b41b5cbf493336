package parley.peer.link.mutual;

import java.util.List;
import org.apache.pekko.stream.stage.AsyncCallback;
import parley.messages.identity.IdentityKey;
import parley.messages.name.UserName;
import parley.messages.wire.Frame;
import parley.messages.wire.MessageId;

/** What the stage of a link can be told, from any thread; told to a stage that is over, it is lost. */
record LinkPort(AsyncCallback<LinkPort.Order> stage) {
    sealed interface Order {}

    /** The handshake of TLS is done and they showed this key. */
    record Shown(IdentityKey key) implements Order {}

    /**
     * They are welcome: frames pass from now on.
     *
     * @param answer our own greeting, unless it went out already
     */
    record Serve(UserName contact, List<Frame> answer) implements Order {}

    record Send(Frame frame) implements Order {}

    /** The owner has answered these envelopes, on whatever link. */
    record Answered(List<MessageId> ids) implements Order {}

    /** Says goodbye and closes; what still comes is not heard. */
    record End(Frame.Farewell why) implements Order {}

    void order(Order order) {
        stage.invoke(order);
    }
}
