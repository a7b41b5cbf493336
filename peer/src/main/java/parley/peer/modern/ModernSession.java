package parley.peer.modern;

import static org.apache.pekko.actor.typed.javadsl.Behaviors.same;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import parley.messages.directory.Push;
import parley.messages.field.MalformedFields;
import parley.messages.name.PeerAddress;
import parley.messages.name.UserName;
import parley.messages.wire.EnvelopeCodec;
import parley.peer.command.Input;
import parley.peer.contact.ContactCommand;
import parley.peer.contact.ContactStatus;
import parley.peer.contact.Effect;
import parley.peer.contact.News;
import parley.peer.contact.Path;
import parley.peer.delivery.Delivery;
import parley.peer.file.FileEffect;
import parley.peer.file.FilesCommand;
import parley.peer.group.GroupEffect;
import parley.peer.group.Groups;
import parley.peer.link.mutual.Links;
import parley.peer.lookup.directory.Directory;
import parley.peer.stream.Streams;
import parley.peer.talk.Happening;
import parley.peer.talk.Mail;
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
    private final Announcer announcer = new Announcer();
    private final Unsettled unsettled = new Unsettled();
    /** The last link with each whose cipher was read anew, as of then. */
    private final Map<UserName, Long> linksBegunAnew = new HashMap<>();

    /** Whose disk trouble the user knows of. */
    private final Set<UserName> ailing = new HashSet<>();

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
        this.orders = new Orders(parts, atRegistry, atGroups, this::meet);
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
            case Carried(var effect) -> carried(effect);
            case Delivered(var contact, var outcome) -> delivered(contact, outcome);
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
            case LinkNews(var news) -> linked(news);
            case OfGroup(var effect) -> ofGroup(effect);
            case OfFiles(var effect) -> ofFiles(effect);
            case OfStream(var change) -> {
                parts.files().tell(new FilesCommand.Streamed(change));
                yield same();
            }
            case Unread(var statuses, var groups) -> greeted(statuses, groups);
            case Leave now -> stop();
            case Kept(var contact) -> kept(contact);
            case KeptAgain(var contact, var on) -> keptAgain(contact, on);
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
            case Push.Online(var name, var at) -> presence(name, true, at);
            case Push.Offline(var name) -> presence(name, false, Optional.empty());
            case Push.Chain(var name, var statements) -> {
                if (parts.roster().find(name).isPresent()) atRegistry.fetch(name, false);
            }
            case Push.Envelope envelope -> fromMailbox(envelope);
            case Push.Prekeys(var left) -> parts.upkeep().tell(new Upkeep.PairsLeft(left));
            case Push.Superseded() -> {
                show(new Happening.Notice("%s signed in elsewhere; this session has ended"
                        .formatted(parts.own().name())));
                return stop();
            }
        }
        return same();
    }

    private void presence(UserName name, boolean online, Optional<PeerAddress> at) {
        parts.roster().find(name).ifPresent(member -> {
            member.delivery().tell(online ? new Delivery.Online(at) : new Delivery.Offline());
            parts.roster().put(member.online(online, at));
            parts.files().tell(online ? new FilesCommand.Online(name, at) : new FilesCommand.Offline(name));
            if (member.online() != online) show(new Mail.Presence(name, online));
        });
    }

    private void fromMailbox(Push.Envelope push) {
        try {
            // We never write to ourselves, whatever a registry says: nobody is met for it.
            if (push.from().equals(parts.own().name())) throw new MalformedFields("from ourselves");
            var envelope = EnvelopeCodec.decode(push.envelope());
            if (!strangers.admits(push.from(), push.serial()) || !unsettled.takes(push.from(), push.serial())) return;
            member(push.from()).cipher().tell(new ContactCommand.Open(envelope, new Path.Mailbox(push.serial())));
        } catch (MalformedFields nothingOfOurs) {
            atRegistry.settled(push.serial());
        }
    }

    // --- contacts -------------------------------------------------------------------------------------------------

    /** For as long as we are signed in. */
    private Member meet(UserName name) {
        strangers.keep(name);
        return member(name);
    }

    private Member member(UserName name) {
        boolean known = parts.roster().find(name).isPresent();
        var member = parts.roster().meet(name);
        if (!known && atRegistry.isSignedIn()) member.delivery().tell(new Delivery.Registry(true));
        return member;
    }

    private Behavior<Command> carried(Effect effect) {
        var member = member(effect.contact());
        switch (effect) {
            case Effect.Transmit transmit ->
                member.delivery()
                        .tell(new Delivery.Transmit(EnvelopeCodec.decode(transmit.envelope()), transmit.inMailbox()));
            case Effect.Withdraw(var contact, var id) -> member.delivery().tell(new Delivery.Withdraw(List.of(id)));
            case Effect.NeedBundle(var contact) -> atRegistry.fetch(contact, true);
            case Effect.NeedChain(var contact) -> atRegistry.fetch(contact, false);
            case Effect.Acknowledge(var contact, var id, var path) -> {
                switch (path) {
                    case Path.Link() -> parts.links().acknowledge(contact, id);
                    case Path.Mailbox(var serial) -> {
                        unsettled.settled(contact, serial);
                        atRegistry.settled(serial);
                    }
                }
            }
            case Effect.Refuse(var contact, var id, var reason) -> parts.links().refuse(contact, id, reason);
            case Effect.Leave(var contact, var id, var path) -> {
                switch (path) {
                    case Path.Link() -> parts.links().putOff(contact, id);
                    case Path.Mailbox(var serial) -> unsettled.settled(contact, serial);
                }
            }
            case Effect.CollectAgain(var contact) -> atRegistry.collect();
            case Effect.ForFiles forFiles -> parts.files().tell(new FilesCommand.Came(forFiles));
            case Effect.FileInMailbox(var contact, var file) ->
                parts.files().tell(new FilesCommand.InMailbox(contact, file));
            case Effect.GaveUpFile(var contact, var file, var why) ->
                parts.files().tell(new FilesCommand.GaveUp(contact, file, why));
            case Effect.ForGroup forGroup -> parts.groups().tell(new Groups.Came(forGroup));
            case Effect.Known(var contact, var standing, var trust, var chain) -> {
                var now = member.known(standing, trust, chain);
                parts.roster().put(now);
                parts.links().know(now);
                atRegistry.tellFriends();
            }
            case News news -> {
                if (news instanceof News.TextOpened(var from, var id, var text, var time, var serial)) {
                    ailing.remove(from);
                    parts.reader().tell(new Reader.More());
                }
                announcer.happening(news).ifPresent(this::show);
            }
        }
        return same();
    }

    private Behavior<Command> ofGroup(GroupEffect effect) {
        switch (effect) {
            case GroupEffect.ToContact(var contact, var command) ->
                meet(contact).cipher().tell(command);
            case GroupEffect.FileCame(var group, var what) ->
                parts.files().tell(new FilesCommand.CameInGroup(group, what));
            case GroupEffect.FileNotSent(var contact, var file, var why) ->
                parts.files().tell(new FilesCommand.GaveUp(contact, file, why));
            case GroupEffect.Tell(var mail) -> show(mail);
            case GroupEffect.TextCame() -> parts.reader().tell(new Reader.More());
        }
        return same();
    }

    private Behavior<Command> ofFiles(FileEffect effect) {
        switch (effect) {
            case FileEffect.ToContact(var contact, var command) ->
                meet(contact).cipher().tell(command);
            case FileEffect.Tell(var happening) -> show(happening);
            case FileEffect.Came() -> parts.reader().tell(new Reader.More());
            case FileEffect.Inward theirs -> {}
        }
        return same();
    }

    private Behavior<Command> delivered(UserName contact, Delivery.Outcome outcome) {
        var cipher = member(contact).cipher();
        switch (outcome) {
            case Delivery.InMailbox(var id) -> cipher.tell(new ContactCommand.Deposited(id));
            case Delivery.Undeliverable(var id, var why) -> cipher.tell(new ContactCommand.NotDeposited(id, true, why));
            case Delivery.Refused(var why) -> show(new Happening.Notice(why));
            case Delivery.Left stray -> {}
        }
        return same();
    }

    /** What came while a cipher's disk did not follow was not acknowledged: it is asked for once more. */
    private Behavior<Command> kept(UserName contact) {
        if (ailing.add(contact))
            show(new Happening.Notice("The disk does not take what %s and you write; tried again".formatted(contact)));
        return same();
    }

    /** Behind what was lost, on a link of before or in the mailbox, others may still be on their way. */
    private Behavior<Command> keptAgain(UserName contact, Runnable on) {
        linksBegunAnew.put(contact, Links.newest());
        unsettled.beginsAnew(contact);
        parts.links().beginAnew(contact);
        on.run();
        atRegistry.collect();
        return same();
    }

    private Behavior<Command> linked(Links.Change news) {
        switch (news) {
            case Links.Listening(var at) -> {
                parts.links().listening(PeerAddress.of(at));
                atRegistry.knock();
            }
            case Links.CannotListen(var why) -> {
                show(new Happening.Notice(why + ": nobody can call, texts come by the mailbox or on links of ours"));
                parts.links().notListening();
                atRegistry.knock();
            }
            case Links.LinkUp(var contact, var link) -> linked(contact, true, new Delivery.LinkUp(link));
            case Links.LinkDown(var contact, var why) -> linked(contact, false, new Delivery.LinkDown());
            case Links.NotReached(var contact, var why) -> {}
            case Links.Behind(var contact, var statements) -> atRegistry.fetch(contact, false);
            case Links.Differs(var contact) ->
                show(new Happening.Notice(
                        "%s has another key chain than the registry says: don't trust it".formatted(contact)));
            case Links.Came(var contact, var link, var envelope) -> {
                if (link > linksBegunAnew.getOrDefault(contact, 0L))
                    meet(contact).cipher().tell(new ContactCommand.Open(envelope, new Path.Link()));
            }
            case Links.Acked(var contact, var ids) -> meet(contact).cipher().tell(new ContactCommand.Acked(ids));
            case Links.Refused(var contact, var id, var reason) ->
                meet(contact).cipher().tell(new ContactCommand.RefusedBy(id, reason));
        }
        return same();
    }

    private void linked(UserName contact, boolean up, Delivery.Command news) {
        var member = meet(contact);
        parts.roster().put(member.linked(up));
        member.delivery().tell(news);
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
