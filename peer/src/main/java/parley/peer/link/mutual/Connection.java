package parley.peer.link.mutual;

import java.net.InetAddress;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import parley.messages.identity.IdentityKey;
import parley.messages.name.UserName;

/** What its links know of one connection. Belongs to their actor; two are never equal. */
final class Connection {
    final int id;
    /** Where it came from; empty for one that we dialled. */
    final Optional<InetAddress> from;
    /** Whom we dialled, or who they say they are. */
    @Nullable
    UserName name;

    /** What they said, until the chain that they name is known. */
    LinkStage.@Nullable Greeted waiting;
    /** Once it has greeted and is welcome. */
    @Nullable
    IdentityKey shown;
    /** Whether it counts among those that came in and have not greeted. */
    boolean halfOpen;
    /** Once we have sent it away. */
    @Nullable
    String away;

    private @Nullable LinkPort port;

    Connection(int id, Optional<InetAddress> from, @Nullable UserName name) {
        this.id = id;
        this.from = from;
        this.halfOpen = from.isPresent();
        this.name = name;
    }

    void at(LinkPort stage) {
        port = stage;
    }

    void order(LinkPort.Order order) {
        if (port != null) port.order(order);
    }

    boolean isByUs() {
        return from.isEmpty();
    }
}
