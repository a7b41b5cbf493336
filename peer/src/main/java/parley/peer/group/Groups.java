package parley.peer.group;

import static org.apache.pekko.actor.typed.javadsl.Behaviors.receiveMessage;
import static org.apache.pekko.actor.typed.javadsl.Behaviors.same;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.StashBuffer;
import org.apache.pekko.actor.typed.javadsl.TimerScheduler;
import org.apache.pekko.util.ByteString;
import parley.messages.group.GroupLog;
import parley.messages.name.GroupName;
import parley.peer.contact.Effect;
import parley.peer.contact.Inbox;
import parley.peer.group.GroupCommand.Asked;
import parley.peer.store.Store;

/**
 * The book of an account's groups: which there are, and to whom each command goes.
 *
 * <pre>
 *   reading --Known--&gt; open      reading --NotKnown--&gt; reads again after a while
 *
 *   a name that is not known --JOIN, CREATE, or somebody names it--&gt; a discovery --Entered--&gt; a conversation
 *                                                                        `--NotFound--&gt; forgotten
 * </pre>
 */
public final class Groups {
    public sealed interface Command {}

    /** For the group of that name. */
    public record To(GroupName group, Asked command) implements Command {}

    /** A contact said something in a group; it is in the inbox. */
    public record Came(Effect.ForGroup what) implements Command {}

    /** The registry can be asked again. */
    public record SignedIn() implements Command {}

    /** All groups that we are in or were. Answered when all were read. */
    public record Look(ActorRef<? super Views> replyTo) implements Command {}

    /** @param unread texts that were not read yet */
    public record View(GroupLog log, int unread) {}

    public record Views(List<View> groups) {
        public Views {
            groups = List.copyOf(groups);
        }
    }

    /** A conversation's news of itself. */
    record Seen(GroupLog log, int unread, ActorRef<GroupCommand> from) implements Command {}

    /** It is on disk now. */
    record Entered(GroupName name, GroupLog log, ActorRef<GroupCommand> from) implements Command {}

    /** Nobody waits for it any more. */
    record NotFound(GroupName name, ActorRef<GroupCommand> from) implements Command {}

    private record Known(List<Rows.Known> groups, List<Effect.ForGroup> inbox) implements Command {}

    private record NotKnown(String why) implements Command {}

    private record ReadAgain() implements Command {}

    /** Names that others name and the registry does not show: each costs a question now and then. */
    static final int DISCOVERIES_MAX = 64;

    private static final int HELD_MAX = 10_000;

    public static Behavior<Command> create(GroupSurroundings around) {
        return Behaviors.setup(context -> Behaviors.withTimers(
                timers -> Behaviors.withStash(HELD_MAX, held -> new Groups(around, context, timers, held).reading())));
    }

    private final GroupSurroundings around;
    private final ActorContext<Command> context;
    private final TimerScheduler<Command> timers;
    private final StashBuffer<Command> held;
    private final Map<ByteString, ActorRef<GroupCommand>> byId = new HashMap<>();
    private final Map<GroupName, ByteString> ids = new HashMap<>();
    private final Map<GroupName, ActorRef<GroupCommand>> discoveries = new HashMap<>();
    private final Map<ByteString, View> views = new HashMap<>();
    private final List<ActorRef<? super Views>> looking = new ArrayList<>();

    private Groups(
            GroupSurroundings around,
            ActorContext<Command> context,
            TimerScheduler<Command> timers,
            StashBuffer<Command> held) {
        this.around = around;
        this.context = context;
        this.timers = timers;
        this.held = held;
    }

    private void read() {
        around.store()
                .tell(new Store.Read<Command>(
                        tables -> new Known(Rows.groups(tables), Inbox.GROUPS.waiting(tables)),
                        NotKnown::new,
                        context.getSelf()));
    }

    private Behavior<Command> reading() {
        read();
        return receiveMessage(command -> switch (command) {
            case Known(var groups, var inbox) -> {
                for (var group : groups) open(group.name(), group.id());
                discover(inbox);
                yield held.unstashAll(open());
            }
            case NotKnown(var why) -> {
                timers.startSingleTimer(new ReadAgain(), Commits.DISK_PAUSE);
                yield same();
            }
            case ReadAgain now -> {
                read();
                yield same();
            }
            case Command other -> {
                if (!held.isFull()) held.stash(other);
                else if (other instanceof To(var group, var asked)) asked.refuse("The groups are not read yet");
                yield same();
            }
        });
    }

    private Behavior<Command> open() {
        return receiveMessage(command -> {
            switch (command) {
                case To(var group, var asked) -> to(group, asked);
                case Came(var what) -> came(what);
                case SignedIn now -> signedIn();
                case Look(var replyTo) -> {
                    looking.add(replyTo);
                    show();
                }
                case Seen(var log, var unread, var from) -> {
                    views.put(log.id(), new View(log, unread));
                    show();
                }
                case Entered(var name, var log, var from) -> entered(name, log, from);
                case NotFound(var name, var from) -> {
                    discoveries.remove(name, from);
                    from.tell(new Discovery.End());
                }
                case Known(var groups, var inbox) -> discover(inbox);
                case NotKnown later -> {}
                case ReadAgain stray -> {}
            }
            return same();
        });
    }

    private void open(GroupName name, ByteString id) {
        ids.putIfAbsent(name, id);
        byId.put(
                id,
                context.spawn(
                        GroupConversation.create(id, around, context.getSelf()), "group-" + name + "-" + byId.size()));
    }

    private void show() {
        if (views.size() < byId.size()) return;
        looking.forEach(each -> each.tell(new Views(List.copyOf(views.values()))));
        looking.clear();
    }

    private void to(GroupName group, Asked asked) {
        var id = ids.get(group);
        var conversation = id == null ? null : byId.get(id);
        if (conversation != null) conversation.tell(asked);
        else if (asked instanceof GroupCommand.Found || asked instanceof GroupCommand.Alter)
            discovery(group).tell(asked);
        else asked.refuse(Reasons.notIn(group));
    }

    private void came(Effect.ForGroup what) {
        var place = what.content().place();
        var conversation = byId.get(place.id());
        if (conversation != null) conversation.tell(new GroupCommand.Came(what));
        else if (discoveries.containsKey(place.group()) || discoveries.size() < DISCOVERIES_MAX)
            discovery(place.group()).tell(new GroupCommand.Came(what));
    }

    /** What was left for want of room is looked for again. */
    private void signedIn() {
        byId.values().forEach(each -> each.tell(new GroupCommand.SignedIn()));
        discoveries.values().forEach(each -> each.tell(new GroupCommand.SignedIn()));
        read();
    }

    private void discover(List<Effect.ForGroup> inbox) {
        for (var what : inbox) if (!byId.containsKey(what.content().place().id())) came(what);
    }

    private ActorRef<GroupCommand> discovery(GroupName name) {
        return discoveries.computeIfAbsent(
                name, each -> context.spawnAnonymous(Discovery.create(name, around, context.getSelf())));
    }

    private void entered(GroupName name, GroupLog log, ActorRef<GroupCommand> from) {
        discoveries.remove(name, from);
        from.tell(new Discovery.End());
        views.putIfAbsent(log.id(), new View(log, 0));
        if (!byId.containsKey(log.id())) open(name, log.id());
    }
}
