package parley.peer.group;

import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.testkit.typed.javadsl.TestProbe;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.util.ByteString;
import parley.messages.name.GroupName;
import parley.messages.name.UserName;
import parley.messages.wire.MessageId;
import parley.peer.contact.ContactCommand;
import parley.peer.contact.Effect;
import parley.peer.contact.InboxOf;
import parley.peer.store.HistoryLine;
import parley.peer.store.Store;
import parley.peer.talk.Mail;
import parley.peer.vault.CheapVaults;

/**
 * Somebody at his device: a real vault, a store and his groups. His ciphers are played: what is to be sealed for a
 * member is stored as taken, and put into that member's inbox.
 */
final class Seat {
    final Person person;
    final TestProbe<Mail> mail;
    final TestProbe<GroupEffect> files;
    /** Members whose ciphers do not answer. */
    final Queue<UserName> silent = new ConcurrentLinkedQueue<>();
    /** Whether nothing that his groups commit is taken. */
    final AtomicBoolean full = new AtomicBoolean();

    private final ActorTestKit kit;
    private final Path folder;
    private final PlayedDesk desk;
    private final Map<UserName, Seat> town;
    private static final AtomicLong ARRIVALS = new AtomicLong(1);

    ActorRef<Store.Command> store;
    ActorRef<Groups.Command> groups;

    static Seat create(Person person, Path folder, PlayedDesk desk, Map<UserName, Seat> town, ActorTestKit kit) {
        CheapVaults.create(folder, person.name).close();
        var seat = new Seat(person, folder, desk, town, kit);
        town.put(person.name, seat);
        return seat;
    }

    private Seat(Person person, Path folder, PlayedDesk desk, Map<UserName, Seat> town, ActorTestKit kit) {
        this.person = person;
        this.folder = folder;
        this.desk = desk;
        this.town = town;
        this.kit = kit;
        this.mail = kit.createTestProbe(Mail.class);
        this.files = kit.createTestProbe(GroupEffect.class);
        start();
    }

    private void start() {
        store = kit.spawn(Store.create(CheapVaults.open(folder, person.name)), Store.props());
        var running = store;
        ActorRef<GroupEffect> owner = kit.spawn(Behaviors.receiveMessage(effect -> {
            switch (effect) {
                case GroupEffect.ToContact(var to, ContactCommand.Enqueue enqueue) -> enqueue(to, enqueue, running);
                case GroupEffect.ToContact other -> {}
                case GroupEffect.Tell(var told) -> mail.ref().tell(told);
                case GroupEffect.TextCame came -> {}
                case GroupEffect.FileCame came -> files.ref().tell(came);
                case GroupEffect.FileNotSent file -> files.ref().tell(file);
            }
            return Behaviors.same();
        }));
        ActorRef<Store.Command> disk = kit.spawn(Behaviors.receiveMessage(command -> {
            if (full.get() && command instanceof Store.Commit commit)
                commit.replyTo().tell(new Store.CommitFailed("The disk is full"));
            else running.tell(command);
            return Behaviors.same();
        }));
        groups = kit.spawn(Groups.create(new GroupSurroundings(
                person.keys,
                disk,
                desk.of(person.name),
                new KnownGroups(),
                owner,
                person.random,
                InstantSource.system(),
                true)));
    }

    private void enqueue(UserName to, ContactCommand.Enqueue enqueue, ActorRef<Store.Command> running) {
        if (silent.contains(to)) return;
        running.tell(new Store.Commit(enqueue.with(), kit.<Store.Commitment>spawn(Behaviors.receiveMessage(done -> {
            enqueue.replyTo()
                    .tell(new ContactCommand.Enqueued(to, enqueue.content().id()));
            var there = town.get(to);
            if (there != null) there.hears(person.heard(enqueue.content()));
            return Behaviors.stopped();
        }))));
    }

    void hears(Effect.ForGroup what) {
        store.tell(new Store.Commit(
                List.of(InboxOf.put(ARRIVALS.getAndIncrement(), what)),
                kit.<Store.Commitment>spawn(Behaviors.receiveMessage(done -> {
                    groups.tell(new Groups.Came(what));
                    return Behaviors.stopped();
                }))));
    }

    /** As after a crash: nothing that was not committed is there. */
    void restart() {
        kit.stop(groups);
        kit.stop(store);
        start();
        groups.tell(new Groups.SignedIn());
    }

    /** It is in the inbox already when its cipher says so. */
    void restartWith(Effect.ForGroup what) {
        keeps(what);
        restart();
        groups.tell(new Groups.Came(what));
    }

    /** Its cipher has it in the inbox and has not said so. */
    void keeps(Effect.ForGroup what) {
        var stored = kit.createTestProbe(Store.Commitment.class);
        store.tell(new Store.Commit(List.of(InboxOf.put(ARRIVALS.getAndIncrement(), what)), stored.ref()));
        stored.receiveMessage();
    }

    GroupCommand.Altering alters(java.util.function.Function<ActorRef<GroupCommand.Altering>, GroupCommand.Asked> how) {
        return alters(Person.TEAM, how);
    }

    private GroupCommand.Altering alters(
            GroupName group, java.util.function.Function<ActorRef<GroupCommand.Altering>, GroupCommand.Asked> how) {
        var probe = kit.createTestProbe(GroupCommand.Altering.class);
        groups.tell(new Groups.To(group, how.apply(probe.ref())));
        return probe.receiveMessage();
    }

    GroupCommand.Altering does(parley.messages.group.Deed deed) {
        return does(Person.TEAM, deed);
    }

    GroupCommand.Altering does(GroupName group, parley.messages.group.Deed deed) {
        return alters(group, replyTo -> new GroupCommand.Alter(deed, replyTo));
    }

    GroupCommand.Altering founds(parley.messages.group.Policy policy) {
        return alters(replyTo -> new GroupCommand.Found(policy, replyTo));
    }

    GroupCommand.Writing writes(String text) {
        var probe = kit.createTestProbe(GroupCommand.Writing.class);
        groups.tell(new Groups.To(Person.TEAM, new GroupCommand.Write(text, probe.ref())));
        return probe.receiveMessage();
    }

    GroupCommand.WritingFile offers(MessageId file, GroupCommand.Along with) {
        var probe = kit.createTestProbe(GroupCommand.WritingFile.class);
        groups.tell(new Groups.To(Person.TEAM, new GroupCommand.WriteFile(file, person.offer(), with, probe.ref())));
        return probe.receiveMessage();
    }

    /** All that was told before has been heard then. */
    void reads() {
        var probe = kit.createTestProbe(GroupCommand.Reading.class);
        groups.tell(new Groups.To(Person.TEAM, new GroupCommand.MarkRead(probe.ref())));
        probe.receiveMessage();
    }

    Optional<ByteString> stored(String table, ByteString key) {
        var probe = kit.<Optional<ByteString>>createTestProbe();
        store.tell(new Store.Read<>(tables -> tables.get(table, key), why -> Optional.empty(), probe.ref()));
        return probe.receiveMessage();
    }

    List<Groups.View> views() {
        var probe = kit.createTestProbe(Groups.Views.class);
        groups.tell(new Groups.Look(probe.ref()));
        return probe.receiveMessage().groups();
    }

    List<String> texts() {
        var probe = kit.createTestProbe(Store.Looked.class);
        store.tell(new Store.Since(0, 1_000, probe.ref()));
        return ((Store.Lines) probe.receiveMessage())
                .lines().stream()
                        .map(HistoryLine::entry)
                        .map(entry -> entry.text())
                        .toList();
    }

    static Map<UserName, Seat> town() {
        return new ConcurrentHashMap<>();
    }
}
