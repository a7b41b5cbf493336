package parley.peer.modern;

import static org.apache.pekko.actor.typed.javadsl.Behaviors.same;

import java.util.List;
import java.util.Optional;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import parley.messages.directory.Push;
import parley.messages.name.PeerAddress;
import parley.messages.name.UserName;
import parley.peer.command.Input;
import parley.peer.contact.ContactCommand;
import parley.peer.contact.ContactStatus;
import parley.peer.contact.Effect;
import parley.peer.delivery.Delivery;
import parley.peer.file.FileEffect;
import parley.peer.file.FilesCommand;
import parley.peer.group.GroupEffect;
import parley.peer.link.mutual.Links;
import parley.peer.lookup.directory.Directory;
import parley.peer.stream.Streams;
import parley.peer.talk.Happening;
import parley.peer.talk.ModernAnswer;

/**
 * One account, signed in. Introduces contacts' ciphers to their deliveries, to the registry and to links, and takes
 * commands; no text passes it on its way in.
 *
 * <pre>
 *   knocking --registry answered, or is away--&gt; in --Leave, superseded--&gt; (stopped)
 *      `--refused by the registry--&gt; (stopped)   `--Down, Up--&gt; in, signed in again
 * </pre>
 *
 * What is on its way when it stops is in the outbox, and goes on with the next sign-in.
 */
final class ModernSession {
    sealed interface Command {}

    record Run(Input input) implements Command {}

    record Leave() implements Command {}

    private record Registry(Directory.Change change) implements Command {}

    record Knocked(int connection, Registration.Entry entry) implements Command {}

    record KnockAgain(int connection) implements Command {}

    private record Carried(Effect effect) implements Command {}

    private record Delivered(UserName contact, Delivery.Outcome outcome) implements Command {}

    record Fetched(UserName contact, boolean bundle, Inquiry.Found found) implements Command {}

    record AcksAnswered(int connection) implements Command {}

    record FriendsTold(int connection) implements Command {}

    record LookAtStrangers() implements Command {}

    record StrangerSeen(UserName name, ContactCommand.Needed needed) implements Command {}

    private record LinkNews(Links.Change news) implements Command {}

    private record OfGroup(GroupEffect effect) implements Command {}

    private record OfFiles(FileEffect effect) implements Command {}

    private record OfStream(Streams.Change change) implements Command {}

    private record Unread(List<ContactStatus> statuses, List<ModernAnswer.UnreadInGroup> groups) implements Command {}

    /** A cipher has just stopped. */
    private record Kept(UserName contact) implements Command {}

    /** Another can be tried. */
    private record KeptAgain(UserName contact, Runnable on) implements Command {}

    /** Goodbyes have taken too long. */
    record Overdue() implements Command {}

    static Behavior<Command> create(Parts.Account account, ActorRef<ModernPeer.Command> owner) {
        return Behaviors.setup(context -> new ModernSession(context, account, owner).running());
    }

    private final ActorContext<Command> context;
    private final ActorRef<ModernPeer.Command> owner;
    private final Parts parts;
    private final AtRegistry atRegistry;
    private final AtGroups atGroups;
    private final Strangers strangers;
    private final Orders orders;
    private final Unsettled unsettled = new Unsettled();
    private final Introductions introductions;

    private boolean entered;
    private boolean lost;
    private String lostWhy = "";

    private ModernSession(ActorContext<Command> context, Parts.Account account, ActorRef<ModernPeer.Command> owner) {
        this.context = context;
        this.owner = owner;
        var self = context.getSelf();
        this.parts = Parts.assemble(
                context,
                account,
                new Parts.Ears(
                        context.messageAdapter(Directory.Change.class, Registry::new),
                        context.messageAdapter(Effect.class, Carried::new),
                        context.messageAdapter(Links.Change.class, LinkNews::new),
                        context.messageAdapter(GroupEffect.class, OfGroup::new),
                        context.messageAdapter(FileEffect.class, OfFiles::new),
                        context.messageAdapter(Streams.Change.class, OfStream::new),
                        contact -> context.spawnAnonymous(Behaviors.receiveMessage(outcome -> {
                            if (outcome instanceof Delivery.Left) return Behaviors.stopped();
                            self.tell(new Delivered(contact, outcome));
                            return Behaviors.same();
                        })),
                        contact -> new Keeper.Owner() {
                            @Override
                            public void stopped() {
                                self.tell(new Kept(contact));
                            }

                            @Override
                            public void begun(Runnable on) {
                                self.tell(new KeptAgain(contact, on));
                            }
                        }));
        this.atRegistry = new AtRegistry(context, parts);
        this.strangers = new Strangers(context, parts.roster(), atRegistry);
        this.atGroups = new AtGroups(parts, context.getSystem());
        this.introductions = new Introductions(parts, atRegistry, strangers, unsettled);
        this.orders = new Orders(parts, atRegistry, atGroups, introductions::meet);
        account.contacts().forEach(parts.roster()::meet);
    }

    private Behavior<Command> running() {
        return Behaviors.receiveMessage(command -> switch (command) {
            case Run(var input) -> {
                orders.run(input);
                yield same();
            }
            case Registry(Directory.Up up) -> up(up);
            case Registry(Directory.Down(var why)) -> down(why);
            case Registry(Directory.Pushed(var push)) -> pushed(push);
            case Knocked(var on, var entry) -> atRegistry.isCurrent(on) ? knocked(entry) : same();
            case KnockAgain(var on) -> {
                if (atRegistry.isCurrent(on)) atRegistry.knock();
                yield same();
            }
            case Carried(var effect) -> {
                introductions.carried(effect);
                yield same();
            }
            case Delivered(var contact, var outcome) -> {
                introductions.delivered(contact, outcome);
                yield same();
            }
            case Fetched(var contact, var bundle, var found) -> {
                strangers.told(contact);
                parts.roster()
                        .find(contact)
                        .ifPresent(member -> atRegistry.fetched(contact, bundle, found, member.cipher()));
                yield same();
            }
            case AcksAnswered(var on) -> {
                atRegistry.acksAnswered(on);
                yield same();
            }
            case FriendsTold(var on) -> {
                atRegistry.friendsTold(on);
                yield same();
            }
            case LookAtStrangers() -> {
                strangers.look();
                yield same();
            }
            case StrangerSeen(var name, var needed) -> {
                strangers.seen(name, needed);
                yield same();
            }
            case LinkNews(var news) -> {
                introductions.linked(news);
                yield same();
            }
            case OfGroup(var effect) -> {
                introductions.ofGroup(effect);
                yield same();
            }
            case OfFiles(var effect) -> {
                introductions.ofFiles(effect);
                yield same();
            }
            case OfStream(var change) -> {
                parts.files().tell(new FilesCommand.Streamed(change));
                yield same();
            }
            case Unread(var statuses, var groups) -> greeted(statuses, groups);
            case Leave now -> stop();
            case Kept(var contact) -> {
                introductions.kept(contact);
                yield same();
            }
            case KeptAgain(var contact, var on) -> {
                introductions.keptAgain(contact, on);
                yield same();
            }
            case Overdue stray -> same();
        });
    }

    // --- the registry ---------------------------------------------------------------------------------------------

    private Behavior<Command> up(Directory.Up up) {
        if (!up.registry().equals(parts.own().registry()))
            return refused("%s belongs to another registry than the one at %s"
                    .formatted(parts.own().name(), parts.settings().registry()));
        atRegistry.up(up.connection());
        return same();
    }

    private Behavior<Command> knocked(Registration.Entry entry) {
        return switch (entry) {
            case Registration.In(var as) -> {
                strangers.nothingIsLeft();
                unsettled.signedIn();
                atRegistry.signedIn(as);
                parts.roster().all().forEach(member -> member.delivery().tell(new Delivery.Registry(true)));
                if (entered && lost) show(new Happening.RegistryBack());
                lost = false;
                yield enter(true);
            }
            case Registration.Out(var why) -> refused(why);
            case Registration.Away(var why) -> {
                atRegistry.knockLater();
                yield enter(false);
            }
        };
    }

    /** Only what the registry will not take back tomorrow ends the session. */
    private Behavior<Command> refused(String why) {
        show(entered ? new Happening.Notice(why) : new Happening.Failed("signin", why));
        return stop();
    }

    private Behavior<Command> down(String why) {
        atRegistry.down();
        parts.roster().nobodyIsOnline();
        parts.roster().all().forEach(member -> member.delivery().tell(new Delivery.Registry(false)));
        // Told again only where the reason matters: that it shows another key.
        if (!lost || !why.equals(lostWhy)) show(new Happening.RegistryLost(why));
        lost = true;
        lostWhy = why;
        return enter(false);
    }

    /** Away or not, one may read and write. */
    private Behavior<Command> enter(boolean reached) {
        owner.tell(new ModernPeer.Settled(context.getSelf(), reached));
        if (entered) return same();
        entered = true;
        context.pipeToSelf(
                parts.errands().statuses(parts.roster()).thenCombine(atGroups.unread(), Unread::new),
                (unread, failure) -> unread == null ? new Unread(List.of(), List.of()) : unread);
        return same();
    }

    private Behavior<Command> greeted(List<ContactStatus> statuses, List<ModernAnswer.UnreadInGroup> groups) {
        var unread = statuses.stream()
                .filter(status -> status.unread() > 0)
                .map(status -> new ModernAnswer.Unread(status.contact(), status.unread()))
                .toList();
        show(new Happening.Done("signin", new ModernAnswer.Entered(parts.own().name(), listening(), unread, groups)));
        parts.reader().tell(new Reader.Begin());
        return same();
    }

    private String listening() {
        return parts.links().listeningAt().map(PeerAddress::toString).orElse("");
    }

    private Behavior<Command> pushed(Push push) {
        switch (push) {
            case Push.Hello again -> {}
            case Push.Online(var name, var at) -> introductions.presence(name, true, at);
            case Push.Offline(var name) -> introductions.presence(name, false, Optional.empty());
            case Push.Chain(var name, var statements) -> {
                if (parts.roster().find(name).isPresent()) atRegistry.fetch(name, false);
            }
            case Push.Envelope envelope -> introductions.fromMailbox(envelope);
            case Push.Prekeys(var left) -> parts.upkeep().tell(new Upkeep.PairsLeft(left));
            case Push.Superseded() -> {
                show(new Happening.Notice("%s signed in elsewhere; this session has ended"
                        .formatted(parts.own().name())));
                return stop();
            }
        }
        return same();
    }

    /** The store writes what it was given before, the directory says goodbye, and both have their time: they are watched. */
    private Behavior<Command> stop() {
        parts.links().close();
        return Parting.begin(context, parts);
    }

    private void show(Happening happening) {
        parts.screen().show(happening);
    }
}
