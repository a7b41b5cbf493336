package parley.peer.link.mutual;

import static org.apache.pekko.actor.typed.javadsl.Behaviors.same;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.TimerScheduler;
import org.apache.pekko.stream.Materializer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import parley.messages.name.PeerAddress;
import parley.messages.name.UserName;
import parley.messages.wire.Envelope;
import parley.messages.wire.Frame;
import parley.messages.wire.Frame.Farewell;
import parley.messages.wire.MessageId;
import parley.messages.wire.Reason;
import parley.peer.link.socket.Sockets;

/**
 * Keeps one link with each contact who can be reached: accepts, dials, sends away, and passes on what is to be sent.
 *
 * <pre>
 *   a connection:  half-open --HELLO--> Greeting: Welcome --> greeted --Rivals--> serving, or awaiting its BYE, or sent away
 *                                         `--Behind--> waiting --Know--> Greeting again; still behind: sent away
 *                                         `--Stranger, Differs--> sent away
 *                  any --its end--> gone; LinkDown if it served, NotReached if it was dialled and never greeted
 *   all of them:   running --Leave--> leaving (BYE on each) --the last is gone, or a moment--> (stopped)
 * </pre>
 *
 * An envelope that came is answered by its owner with {@link Ack} or {@link Refuse}, or else a link stops reading after
 * some of them. Whoever sends keeps at most 256 KiB unacknowledged; a link that more waits on than {@code outbound-max} is
 * ended, for the other side does not read. What was sent and not acknowledged when {@link LinkDown} comes is lost to this
 * link: its owner sends it again on the next.
 */
public final class Links {
    public sealed interface Command {}

    /** Who we are from now on: our chain has grown. Links that are open stay, unless under another identity. */
    public record Become(Own own) implements Command {}

    /** An accepted contact, or what is newly known of one. A link that shows another key than this ends. */
    public record Know(Contact contact) implements Command {}

    /** No contact any more. */
    public record Forget(UserName name) implements Command {}

    /** Nothing happens if there is a link, one is being dialled, or that failed there a moment ago. */
    public record Dial(UserName name, PeerAddress at) implements Command {}

    /** Lost if there is no link. */
    public record Send(UserName name, Envelope envelope) implements Command {}

    /** Those are on disk. */
    public record Ack(UserName name, List<MessageId> ids) implements Command {}

    /** That one cannot be opened and never will. */
    public record Refuse(UserName name, MessageId id, Reason reason) implements Command {}

    public record Leave() implements Command {}

    private record Bound(
            Sockets.@Nullable Binding binding, @Nullable Throwable failure) implements Command {}

    private record Incoming(Sockets.Incoming connection) implements Command {}

    private record News(int connection, LinkStage.Event event) implements Command {}

    private record StillBehind(UserName name) implements Command {}

    private record NotSentAway(UserName name, int connection) implements Command {}

    private record Late() implements Command {}

    /** What the owner is told. */
    public sealed interface Change {}

    public record Listening(InetSocketAddress at) implements Change {}

    public record CannotListen(String why) implements Change {}

    public record LinkUp(UserName name) implements Change {}

    /** Before the next {@link LinkUp}; also when another link serves from now on. */
    public record LinkDown(UserName name, String why) implements Change {}

    /** What was dialled never became a link. */
    public record NotReached(UserName name, String why) implements Change {}

    /** Somebody who says to be that contact has a longer chain: fetch it and {@link Know} it, and soon. */
    public record Behind(UserName name, long statements) implements Change {}

    /** That contact's own chain is not the one that the registry shows us. There is no link with him. */
    public record Differs(UserName name) implements Change {}

    public record Came(UserName from, Envelope envelope) implements Change {}

    public record Acked(UserName by, List<MessageId> ids) implements Change {}

    public record Refused(UserName by, MessageId id, Reason reason) implements Change {}

    private static final Logger LOG = LoggerFactory.getLogger("parley.peer.link.mutual");

    /** How often one contact's chain is asked for at most, whoever says to be he. */
    private static final Duration BEHIND_EVERY = Duration.ofSeconds(1);

    /** A little more than a stage takes to say goodbye. */
    private static final Duration LEAVING_MAX = Duration.ofMillis(1_200);

    /** @param listen where links are accepted; port 0 for any; empty for nowhere */
    public static Behavior<Command> create(
            LinksSettings settings,
            Optional<InetSocketAddress> listen,
            Own own,
            RandomGenerator random,
            ActorRef<? super Change> owner) {
        return Behaviors.setup(context -> Behaviors.withTimers(timers -> {
            var links = new Links(context, timers, settings, own, random, owner);
            listen.ifPresent(links::bind);
            return links.running();
        }));
    }

    private final ActorContext<Command> context;
    private final TimerScheduler<Command> timers;
    private final LinksSettings settings;
    private final RandomGenerator random;
    private final ActorRef<? super Change> owner;
    private final Doorway doorway;
    private final Map<UserName, Pairing> pairings = new HashMap<>();
    private final Map<Integer, Connection> connections = new HashMap<>();
    private Own own;
    private Doorway.Entrance entrance;
    private int numbers;
    private Sockets.@Nullable Binding binding;

    private Links(
            ActorContext<Command> context,
            TimerScheduler<Command> timers,
            LinksSettings settings,
            Own own,
            RandomGenerator random,
            ActorRef<? super Change> owner) {
        this.context = context;
        this.timers = timers;
        this.settings = settings;
        this.own = own;
        this.entrance = Doorway.Entrance.of(own);
        this.random = random;
        this.owner = owner;
        this.doorway = new Doorway(Materializer.createMaterializer(context), settings, new HalfOpen(settings), owner);
    }

    private void bind(InetSocketAddress listen) {
        var self = context.getSelf();
        var bound = doorway.bind(listen, connection -> self.tell(new Incoming(connection)));
        context.pipeToSelf(bound, Bound::new);
    }

    private Behavior<Command> running() {
        return Behaviors.receiveMessage(command -> {
            switch (command) {
                case Become(var now) -> become(now);
                case Know(var contact) -> know(contact);
                case Forget(var name) -> forget(name);
                case Dial(var name, var at) -> dial(name, at);
                case Send(var name, var envelope) -> send(name, new Frame.Enveloped(envelope));
                case Ack(var name, var ids) -> ack(name, ids);
                case Refuse(var name, var id, var reason) -> {
                    send(name, new Frame.Refused(id, reason));
                    answered(name, List.of(id));
                }
                case Bound(var here, var failure) -> bound(here, failure);
                case Incoming(var connection) -> accept(connection);
                case News(var id, var event) ->
                    Optional.ofNullable(connections.get(id)).ifPresent(c -> heard(c, event));
                case StillBehind(var name) -> behind(name);
                case NotSentAway(var name, var id) -> notSentAway(name, id);
                case Late stray -> {}
                case Leave leave -> {
                    return leaving();
                }
            }
            return same();
        });
    }

    private Behavior<Command> leaving() {
        if (binding != null) binding.unbind();
        connections.values().forEach(connection -> connection.order(new LinkPort.End(Farewell.LEAVING)));
        timers.startSingleTimer(new Late(), LEAVING_MAX);
        if (connections.isEmpty()) return Behaviors.stopped();
        return Behaviors.receiveMessage(command -> {
            if (command instanceof News(var id, LinkStage.Ended ended)) connections.remove(id);
            return connections.isEmpty() || command instanceof Late ? Behaviors.stopped() : same();
        });
    }

    private void bound(Sockets.@Nullable Binding here, @Nullable Throwable failure) {
        binding = here;
        if (here != null) owner.tell(new Listening(here.local()));
        else owner.tell(new CannotListen(failure == null ? "cannot listen" : String.valueOf(failure.getMessage())));
    }

    private void become(Own now) {
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

    private void know(Contact contact) {
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

    private void forget(UserName name) {
        for (var connection : List.copyOf(connections.values()))
            if (name.equals(connection.name)) sendAway(connection, Farewell.NOT_A_CONTACT, "no contact any more");
        pairings.remove(name);
    }

    private void dial(UserName name, PeerAddress at) {
        var pairing = pairings.get(name);
        long now = System.nanoTime();
        if (pairing == null || !pairing.mayDial(at, now)) return;
        pairing.dialled(at);
        var never = NeverDialled.why(at, own.registryIsHere());
        if (never.isPresent()) {
            pairing.notReached(settings, random, now);
            owner.tell(new NotReached(name, never.get()));
            return;
        }
        var connection = begin(Optional.empty(), name);
        pairing.dialling = connection;
        connection.at(doorway.dial(own, pairing.contact, at, tell(connection)));
    }

    private void accept(Sockets.Incoming incoming) {
        var connection = begin(Optional.of(incoming.remote().getAddress()), null);
        connection.at(doorway.accept(entrance, incoming, tell(connection)));
    }

    private Connection begin(Optional<InetAddress> from, @Nullable UserName name) {
        var connection = new Connection(++numbers, from, name);
        connections.put(connection.id, connection);
        return connection;
    }

    private Consumer<LinkStage.Event> tell(Connection connection) {
        var self = context.getSelf();
        return event -> self.tell(new News(connection.id, event));
    }

    private void heard(Connection connection, LinkStage.Event event) {
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
                if (!timers.isTimerActive(new StillBehind(pairing.contact.name()))) behind(pairing.contact.name());
            }
            case Greeting.Differs differs -> {
                owner.tell(new Differs(pairing.contact.name()));
                sendAway(connection, Farewell.NOT_A_CONTACT, "its chain is not the one that the registry shows");
            }
            case Greeting.Stranger(var why) -> sendAway(connection, Farewell.NOT_A_CONTACT, why);
        }
    }

    /** Asks the owner for the longest chain that anybody claims, and again after a while, for as long as anybody waits. */
    private void behind(UserName name) {
        connections.values().stream()
                .filter(connection -> name.equals(connection.name))
                .flatMap(connection -> Optional.ofNullable(connection.waiting).stream())
                .mapToLong(greeted -> greeted.hello().statements())
                .max()
                .ifPresent(statements -> {
                    owner.tell(new Behind(name, statements));
                    timers.startSingleTimer(new StillBehind(name), BEHIND_EVERY);
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
                .ifPresent(
                        loser -> timers.startSingleTimer(new NotSentAway(name, loser.id), settings.handshakeTimeout()));
    }

    /** Tells the owner if another link serves than the one he knows of, or none. */
    private void settle(Pairing pairing, String why) {
        var serving = pairing.rivals.serving();
        if (serving.equals(pairing.up)) return;
        var name = pairing.contact.name();
        if (pairing.up.isPresent()) owner.tell(new LinkDown(name, why));
        pairing.up = serving;
        if (serving.isPresent()) owner.tell(new LinkUp(name));
    }

    private void notSentAway(UserName name, int id) {
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
        owner.tell(new NotReached(pairing.contact.name(), why));
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

    private void send(UserName name, Frame frame) {
        var pairing = pairings.get(name);
        if (pairing != null) pairing.up.ifPresent(link -> link.order(new LinkPort.Send(frame)));
    }

    private void ack(UserName name, List<MessageId> ids) {
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
