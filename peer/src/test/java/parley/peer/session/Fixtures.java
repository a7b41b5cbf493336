package parley.peer.session;

import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import parley.messages.classic.PeerMessage.PublicValue;
import parley.messages.name.GroupName;
import parley.messages.name.Password;
import parley.messages.name.UserName;
import parley.peer.link.Dialler;
import parley.peer.link.LinkSettings;
import parley.peer.lookup.LookupSettings;
import parley.peer.talk.Party;
import parley.peer.talk.Screen;
import parley.peer.transfer.TransferSettings;

/** Who and what the tests of this package are about. */
final class Fixtures {
    static final UserName ALICE = new UserName("alice");
    static final UserName BOB = new UserName("bob");
    static final UserName CAROL = new UserName("carol");
    static final GroupName TEAM = new GroupName("team");
    static final GroupName LAB = new GroupName("lab");
    static final Party TO_BOB = new Party.User(BOB);
    static final Party TO_TEAM = new Party.Group(TEAM);
    static final Password PASSWORD = new Password("canary-password");
    static final Duration LONG = Duration.ofSeconds(30);

    static final LinkSettings LINKS =
            new LinkSettings(Duration.ofMillis(20), LONG, LONG, LONG, Duration.ofMillis(300), 256, 16);
    static final TransferSettings TRANSFER = new TransferSettings(2L << 30, 0);
    static final LookupSettings LOOKUP =
            new LookupSettings(LONG, Duration.ofSeconds(8), LONG, Duration.ofMillis(20), Duration.ofMillis(200));

    /** A peer of the registry on {@code port}. */
    static PeerSettings settings(int port, String listen, Path downloads) {
        return new PeerSettings(
                InetSocketAddress.createUnresolved("127.0.0.1", port),
                InetSocketAddress.createUnresolved(listen, 0),
                downloads,
                Duration.ofMillis(1200),
                LOOKUP,
                LINKS,
                TRANSFER);
    }

    static Packing packing(ActorTestKit kit, PublicValue own, Screen screen) {
        var dialler = Dialler.create(kit.system(), LINKS, own);
        return new Packing(kit.system(), dialler, TRANSFER, screen, System::nanoTime);
    }

    private Fixtures() {}
}
