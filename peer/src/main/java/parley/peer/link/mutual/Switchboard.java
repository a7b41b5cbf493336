package parley.peer.link.mutual;

import java.net.InetAddress;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.javadsl.TimerScheduler;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import parley.messages.name.PeerAddress;
import parley.messages.name.UserName;
import parley.messages.wire.Frame;
import parley.messages.wire.Frame.Farewell;
import parley.messages.wire.MessageId;
import parley.messages.wire.Reason;
import parley.peer.link.socket.NeverDialled;
import parley.peer.link.socket.Sockets;

/**
 * Who is connected with whom, and who may be. The mutable part of {@link Links}: it belongs to that actor.
 *
 * <pre>
 *   half-open --HELLO--> Greeting: Welcome --> greeted --Rivals--> serving, or awaiting its BYE, or sent away
 *                          `--Behind--> waiting --Know--> Greeting again; still behind: sent away
 *                          `--Stranger, Differs--> sent away
 *   any --its end--> gone; LinkDown if it served, NotReached if it was dialled and never greeted
 * </pre>
 */
final class Switchboard {
    private static final Logger LOG = LoggerFactory.getLogger("parley.peer.link.mutual");

    /** How often one contact's chain is asked for at most, whoever says to be he. */
    private static final Duration BEHIND_EVERY = Duration.ofSeconds(1);

    private final ActorRef<Links.Command> self;
    private final TimerScheduler<Links.Command> timers;
    private final Doorway doorway;
    private final LinksSettings settings;
    private final RandomGenerator random;
    private final ActorRef<? super Links.Change> owner;
    private final Map<UserName, Pairing> pairings = new HashMap<>();
    private final Map<Integer, Connection> connections = new HashMap<>();
    private Own own;
    private Doorway.Entrance entrance;
    private int numbers;

    Switchboard(
            ActorRef<Links.Command> self,
            TimerScheduler<Links.Command> timers,
            Doorway doorway,
            Own own,
            RandomGenerator random) {
        this.self = self;
        this.timers = timers;
        this.doorway = doorway;
        this.settings = doorway.settings();
        this.owner = doorway.owner();
        this.own = own;
        this.entrance = Doorway.Entrance.of(own);
        this.random = random;
    }

    boolean isEmpty() {
        return connections.isEmpty();
    }

    /** Says goodbye on all of them. */
    void leave() {
        connections.values().forEach(connection -> connection.order(new LinkPort.End(Farewell.LEAVING)));
    }

    void over(int id) {
        connections.remove(id);
    }

    void become(Own now) {
        boolean another = !now.identity().equals(own.identity());
        own = now;
        entrance = Doorway.Entrance.of(now);
        // Which of two links serves follows from who we are.
        if (another)
            for (var pairing : List.copyOf(pairings.values())) {
                forget(pairing.contact.name());
                know(pairing.contact);
            }
    }

    void know(Contact contact) {
        var name = contact.name();
        var known = pairings.get(name);
        if (known == null || !known.contact.identity().equals(contact.identity())) {
            if (known != null) forget(name);
            pairings.put(name, new Pairing(own, contact));
            return;
        }
        known.contact = contact;
        for (var connection : List.copyOf(connections.values())) {
            if (!name.equals(connection.name) || connection.away != null) continue;
            if (connection.waiting != null) judge(connection, connection.waiting, known, true);
            else if (connection.shown != null && !connection.shown.equals(contact.tls()))
                sendAway(connection, Farewell.NOT_A_CONTACT, "the contact has another key now");
        }
    }

    void forget(UserName name) {
        for (var connection : List.copyOf(connections.values()))
            if (name.equals(connection.name)) sendAway(connection, Farewell.NOT_A_CONTACT, "no contact any more");
        pairings.remove(name);
    }

    /** What is unanswered on his links comes again on the next. */
    void beginAnew(UserName name) {
        for (var connection : List.copyOf(connections.values()))
            if (name.equals(connection.name)) sendAway(connection, Farewell.LEAVING, "begins anew");
    }

    /** It stays unanswered for now, and makes room for others. */
    void leave(UserName name, MessageId id) {
        answered(name, List.of(id));
    }

    void dial(UserName name, PeerAddress at) {
        var pairing = pairings.get(name);
        long now = System.nanoTime();
        if (pairing == null || !pairing.mayDial(at, now)) return;
        pairing.dialled(at);
        var never = NeverDialled.why(at, own.registryIsHere());
        if (never.isPresent()) {
            pairing.notReached(settings, random, now);
            owner.tell(new Links.NotReached(name, never.get()));
            return;
        }
        var connection = begin(Optional.empty(), name);
        pairing.dialling = connection;
        connection.at(doorway.dial(own, pairing.contact, at, tell(connection)));
    }

    void accept(Sockets.Incoming incoming) {
        var connection = begin(Optional.of(incoming.remote().getAddress()), null);
        connection.at(doorway.accept(entrance, incoming, tell(connection)));
    }

    private Connection begin(Optional<InetAddress> from, @Nullable UserName name) {
        var connection = new Connection(++numbers, from, name);
        connections.put(connection.id, connection);
        return connection;
    }

    private Consumer<LinkStage.Event> tell(Connection connection) {
        return event -> self.tell(new Links.News(connection.id, event));
    }

    void heard(int id, LinkStage.Event event) {
        var connection = connections.get(id);
        if (connection == null) return;
        switch (event) {
            case LinkStage.Greeted greeted -> {
                if (connection.away == null) greeted(connection, greeted);
            }
            case LinkStage.Ended(var why) -> gone(connection, connection.away == null ? why : connection.away);
        }
    }

    private void greeted(Connection connection, LinkStage.Greeted greeted) {
        if (connection.name == null) connection.name = greeted.hello().from();
        var pairing = pairings.get(connection.name);
        if (pairing == null) sendAway(connection, Farewell.NOT_A_CONTACT, "no contact");
        else judge(connection, greeted, pairing, false);
    }

    /** @param again whether what is known is as new as it gets */
    private void judge(Connection connection, LinkStage.Greeted greeted, Pairing pairing, boolean again) {
        connection.waiting = null;
        switch (Greeting.of(own, pairing.contact, greeted.hello(), greeted.shown())) {
            case Greeting.Welcome welcome -> welcome(connection, greeted, pairing);
            case Greeting.Behind behind
            when again ->
                sendAway(
                        connection, Farewell.NOT_A_CONTACT, "its chain is longer than the one that the registry shows");
            case Greeting.Behind behind -> {
                connection.waiting = greeted;
                if (!timers.isTimerActive(new Links.StillBehind(pairing.contact.name())))
                    behind(pairing.contact.name());
            }
            case Greeting.Differs differs -> {
                owner.tell(new Links.Differs(pairing.contact.name()));
                sendAway(connection, Farewell.NOT_A_CONTACT, "its chain is not the one that the registry shows");
            }
            case Greeting.Stranger(var why) -> sendAway(connection, Farewell.NOT_A_CONTACT, why);
        }
    }

    /** Asks the owner for the longest chain that anybody claims, and again after a while, for as long as anybody waits. */
    void behind(UserName name) {
        connections.values().stream()
                .filter(connection -> name.equals(connection.name))
                .flatMap(connection -> Optional.ofNullable(connection.waiting).stream())
                .mapToLong(greeted -> greeted.hello().statements())
                .max()
                .ifPresent(statements -> {
                    owner.tell(new Links.Behind(name, statements));
                    timers.startSingleTimer(new Links.StillBehind(name), BEHIND_EVERY);
                });
    }

    private void welcome(Connection connection, LinkStage.Greeted greeted, Pairing pairing) {
        var name = pairing.contact.name();
        leaveHalfOpen(connection);
        connection.shown = greeted.shown();
        if (connection.equals(pairing.dialling)) pairing.dialling = null;
        pairing.reached();
        pairing.rivals
                .add(connection, connection.isByUs())
                .ifPresent(other -> sendAway(other, Farewell.ANOTHER_LINK_SERVES, "another link serves"));
        // The owner hears that it is up before it hears anything that comes over it.
        settle(pairing, "another link serves");
        if (connection.away == null) {
            connection.order(new LinkPort.Serve(name, connection.isByUs() ? List.of() : List.of(own.hello(name))));
        }
        pairing.rivals
                .awaited()
                .ifPresent(loser ->
                        timers.startSingleTimer(new Links.NotSentAway(name, loser.id), settings.handshakeTimeout()));
    }

    /** Tells the owner if another link serves than the one he knows of, or none. */
    private void settle(Pairing pairing, String why) {
        var serving = pairing.rivals.serving();
        if (serving.equals(pairing.up)) return;
        var name = pairing.contact.name();
        if (pairing.up.isPresent()) owner.tell(new Links.LinkDown(name, why));
        pairing.up = serving;
        serving.ifPresent(link -> owner.tell(new Links.LinkUp(name, link.id)));
    }

    void notSentAway(UserName name, int id) {
        var pairing = pairings.get(name);
        var loser = connections.get(id);
        if (pairing == null || loser == null) return;
        pairing.rivals
                .overdue(loser)
                .ifPresent(unknown ->
                        sendAway(unknown, Farewell.ANOTHER_LINK_SERVES, "the other side knows nothing of it"));
    }

    private void sendAway(Connection connection, Farewell farewell, String why) {
        if (connection.away != null) return;
        connection.away = why;
        connection.order(new LinkPort.End(farewell));
        unlink(connection, why);
    }

    /** It is over. What it was decides who must know. */
    private void gone(Connection connection, String why) {
        connections.remove(connection.id);
        leaveHalfOpen(connection);
        unlink(connection, why);
        var pairing = connection.name == null ? null : pairings.get(connection.name);
        if (pairing == null || !connection.equals(pairing.dialling)) return;
        pairing.dialling = null;
        pairing.notReached(settings, random, System.nanoTime());
        owner.tell(new Links.NotReached(pairing.contact.name(), why));
    }

    private void unlink(Connection connection, String why) {
        LOG.debug("connection {}: {}", connection.id, why);
        var pairing = connection.name == null ? null : pairings.get(connection.name);
        if (pairing == null || connection.shown == null) return;
        pairing.rivals.remove(connection);
        settle(pairing, why);
    }

    private void leaveHalfOpen(Connection connection) {
        if (connection.halfOpen) connection.from.ifPresent(doorway::left);
        connection.halfOpen = false;
    }

    /** On that link, if it is still the one that serves. */
    void send(UserName name, int link, Frame frame) {
        up(name).filter(up -> up.id == link).ifPresent(up -> up.order(new LinkPort.Send(frame)));
    }

    /** On whichever serves. */
    private void send(UserName name, Frame frame) {
        up(name).ifPresent(up -> up.order(new LinkPort.Send(frame)));
    }

    private Optional<Connection> up(UserName name) {
        var pairing = pairings.get(name);
        return pairing == null ? Optional.empty() : pairing.up;
    }

    void refuse(UserName name, MessageId id, Reason reason) {
        send(name, new Frame.Refused(id, reason));
        answered(name, List.of(id));
    }

    void ack(UserName name, List<MessageId> ids) {
        for (int from = 0; from < ids.size(); from += Frame.Ack.IDS_MAX)
            send(name, new Frame.Ack(ids.subList(from, Math.min(ids.size(), from + Frame.Ack.IDS_MAX))));
        answered(name, ids);
    }

    /** On each of his links: one may have brought what another acknowledges. */
    private void answered(UserName name, List<MessageId> ids) {
        var pairing = pairings.get(name);
        if (pairing == null) return;
        var order = new LinkPort.Answered(List.copyOf(ids));
        pairing.rivals.all().forEach(link -> link.order(order));
    }
}
