package parley.peer.link.mutual;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.testkit.typed.javadsl.TestProbe;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.util.ByteString;
import parley.messages.name.PeerAddress;
import parley.messages.name.UserName;
import parley.messages.wire.Envelope;
import parley.messages.wire.MessageId;

/** Somebody with real links, on loopback, and what they tell him. */
final class End {
    static final Duration PATIENCE = Duration.ofSeconds(10);

    final Person who;
    final TestProbe<Links.Change> owner;
    final ActorRef<Links.Command> links;
    final PeerAddress at;
    private final Map<UserName, Integer> up = new HashMap<>();

    End(ActorTestKit kit, Person who, LinksSettings settings, Contact... contacts) {
        this.who = who;
        owner = kit.createTestProbe();
        links = kit.spawn(Links.create(
                settings,
                Optional.of(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0)),
                who.own(1),
                new SplittableRandom(1),
                owner.ref()));
        at = PeerAddress.of(hears(Links.Listening.class).at());
        for (var contact : contacts) links.tell(new Links.Know(contact));
    }

    void dials(End other) {
        links.tell(new Links.Dial(other.who.name(), other.at));
    }

    void sends(End to, Envelope envelope) {
        sends(to.who.name(), envelope);
    }

    /** On the link that was up last, as was heard. */
    void sends(UserName to, Envelope envelope) {
        links.tell(new Links.Send(to, up.getOrDefault(to, 0), envelope));
    }

    /** What is told next; anything else is a failure. */
    <C extends Links.Change> C hears(Class<C> kind) {
        var heard = hears(PATIENCE);
        assertThat(heard).isInstanceOf(kind);
        return kind.cast(heard);
    }

    /** Whatever is told next. */
    Links.Change hears(Duration patience) {
        var heard = owner.receiveMessage(patience);
        if (heard instanceof Links.LinkUp(var name, var link)) up.put(name, link);
        return heard;
    }

    void linksWith(End other) {
        dials(other);
        assertThat(hears(Links.LinkUp.class).name()).isEqualTo(other.who.name());
        assertThat(other.hears(Links.LinkUp.class).name()).isEqualTo(who.name());
    }

    static Envelope envelope(int number, int bytes) {
        return new Envelope(id(number), ByteString.fromArray(new byte[bytes]));
    }

    static MessageId id(int number) {
        var bytes = new byte[MessageId.BYTES];
        bytes[0] = (byte) (number >> 16);
        bytes[1] = (byte) (number >> 8);
        bytes[2] = (byte) number;
        return new MessageId(ByteString.fromArray(bytes));
    }
}
