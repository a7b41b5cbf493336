package parley.registry.group;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.testkit.typed.javadsl.TestProbe;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.persistence.testkit.javadsl.PersistenceTestKit;
import org.apache.pekko.persistence.testkit.javadsl.SnapshotTestKit;
import org.apache.pekko.util.ByteString;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import parley.messages.directory.Limits;
import parley.messages.group.Deed;
import parley.messages.group.GroupEntry;
import parley.messages.group.GroupLog;
import parley.messages.group.Policy;
import parley.messages.group.Taking;
import parley.messages.identity.IdentityKey;
import parley.messages.identity.RegistryId;
import parley.messages.name.GroupName;
import parley.messages.name.UserName;
import parley.registry.InMemory;
import parley.registry.Person;
import parley.registry.journal.Retention;
import parley.registry.journal.Snapshot;
import parley.registry.user.UserRegistry;

class ModernGroupTest {
    static final ActorTestKit kit = ActorTestKit.create(InMemory.config());
    static final PersistenceTestKit journal = PersistenceTestKit.create(kit.system());
    static final SnapshotTestKit snapshots = SnapshotTestKit.create(kit.system());

    private static final TripleDesKey KEY =
            TripleDesKey.ofHex("0102030405060708" + "1112131415161718" + "2122232425262728");
    private static final Duration SOON = Duration.ofMillis(50);

    private final GroupName name = new GroupName(UUID.randomUUID().toString().substring(0, 32));
    private final Person alice = new Person("alice", 1);
    private final Person bob = new Person("bob", 2);
    private final Person carol = new Person("carol", 3);
    private final TestProbe<UserRegistry.Command> users = kit.createTestProbe();
    private final TestProbe<GroupDirectory.Command> classicList = kit.createTestProbe();
    private final TestProbe<GroupDirectory.Command> list = kit.createTestProbe();
    private final TestProbe<ModernGroup.CreateAnswer> created = kit.createTestProbe();
    private final TestProbe<ModernGroup.AppendAnswer> appended = kit.createTestProbe();
    private ActorRef<GroupRegistry.Command> group = started(new Retention(2, 2));

    @AfterAll
    static void close() {
        kit.shutdownTestKit();
    }

    @Test
    void anOpenGroupIsAnsweredOnlyWhenTheListKnows() {
        create(alice, alice.creates(name, Policy.OPEN));
        var announce = announcement();
        assertThat(announce.members()).isEqualTo(1);
        created.expectNoMessage(SOON);
        announce.replyTo().tell(new GroupDirectory.Announced());
        assertThat(created.receiveMessage()).isEqualTo(new ModernGroup.Created());
        users.expectNoMessage(Duration.ZERO);
        classicList.expectNoMessage(Duration.ZERO);
    }

    @Test
    void whatCannotBeWrittenIsAnsweredBusyAtOnceAndMayComeAgain() {
        journal.failNextPersisted("group|" + name);
        create(alice, alice.creates(name, Policy.INVITE));
        created.expectMessage(new ModernGroup.Busy());
        created.expectTerminated(group);
        group = started(new Retention(2, 2));
        var log = begun(Policy.INVITE);
        journal.failNextPersisted("group|" + name);
        append(alice, alice.writes(log, bob.in()));
        appended.expectMessage(new ModernGroup.Busy());
        appended.expectTerminated(group);
        group = started(new Retention(2, 2));
        recovered(0);
        assertThat(known(alice)).isEqualTo(log);
    }

    @Test
    void aGroupThatIsNotOpenIsInNoList() {
        var log = begun(Policy.INVITE);
        taken(log, alice, bob.in());
        list.expectNoMessage(SOON);
    }

    @Test
    void theListIsToldWhatItShows() {
        var log = taken(begun(Policy.OPEN), bob, new Deed.Join(), 2);
        log = taken(log, alice, new Deed.Admin(bob.name, true));
        log = taken(log, bob, new Deed.Become(Policy.MEMBERS), 0);
        log = taken(log, bob, carol.in());
        log = taken(log, alice, new Deed.Become(Policy.OPEN), 3);
        taken(log, carol, new Deed.Leave(), 2);
    }

    @Test
    void aNameIsOneGroupsInBothWorlds() {
        var log = begun(Policy.INVITE);
        create(bob, bob.creates(name, Policy.OPEN));
        assertThat(created.receiveMessage()).isEqualTo(new ModernGroup.Taken());
        var classic = kit.createTestProbe();
        group.tell(new GroupRegistry.Create(bob.name, classic.ref().narrow()));
        assertThat(classic.receiveMessage()).isEqualTo(new GroupRegistry.GroupExists());
        group.tell(new GroupRegistry.Join(bob.name, classic.ref().narrow()));
        assertThat(classic.receiveMessage()).isEqualTo(new GroupRegistry.IsModern());
        group.tell(new GroupRegistry.KeyOf(alice.name, classic.ref().narrow()));
        assertThat(classic.receiveMessage()).isEqualTo(new GroupRegistry.IsModern());
        group.tell(new GroupRegistry.MembersOf(classic.ref().narrow()));
        assertThat(classic.receiveMessage()).isEqualTo(new GroupRegistry.IsModern());
        assertThat(known(alice)).isEqualTo(log);
    }

    @Test
    void aClassicGroupIsNoneToWhoeverAsksInTheModernWay() {
        var classic = kit.<GroupRegistry.CreateAnswer>createTestProbe();
        group.tell(new GroupRegistry.Create(alice.name, classic.ref()));
        users.expectMessageClass(UserRegistry.Enrol.class).replyTo().tell(new UserRegistry.Enrolled());
        classicList.expectMessageClass(GroupDirectory.Announce.class).replyTo().tell(new GroupDirectory.Announced());
        assertThat(classic.receiveMessage()).isEqualTo(new GroupRegistry.Created());
        create(alice, alice.creates(name, Policy.OPEN));
        assertThat(created.receiveMessage()).isEqualTo(new ModernGroup.Taken());
        var elsewhere = longer(GroupLog.begin(Person.REGISTRY, name, alice.creates(name, Policy.OPEN)));
        append(alice, alice.writes(elsewhere, bob.in()));
        assertThat(appended.receiveMessage()).isEqualTo(new ModernGroup.Unknown());
        assertThat(log(alice, 0)).isEqualTo(new ModernGroup.Unknown());
        list.expectNoMessage(Duration.ZERO);
    }

    @Test
    void nobodyCreatesInTheNameOfAnotherOrUnderAnotherKey() {
        var entry = alice.creates(name, Policy.OPEN);
        refusesCreation(bob.name, bob.chain.identity(), entry, Taking.Why.WRONG_SIGNATURE);
        refusesCreation(alice.name, bob.chain.identity(), entry, Taking.Why.WRONG_SIGNATURE);
        var forged = bob.writes(entry.draft());
        refusesCreation(alice.name, alice.chain.identity(), forged, Taking.Why.WRONG_SIGNATURE);
        var another = alice.creates(new GroupName("another"), Policy.OPEN);
        refusesCreation(alice.name, alice.chain.identity(), another, Taking.Why.WRONG_NAME);
        assertThat(journal.persistedInStorage("group|" + name)).isEmpty();
    }

    @Test
    void nobodyBringsWhatIsNotHisOrNotAllowed() {
        var log = taken(begun(Policy.MEMBERS), alice, bob.in());
        var bobs = bob.writes(log, carol.in());
        append(alice, bobs);
        assertThat(appended.receiveMessage()).as("another's").isEqualTo(refused(Taking.Why.WRONG_SIGNATURE));
        append(bob, alice.writes(bobs.draft()));
        assertThat(appended.receiveMessage()).as("forged").isEqualTo(refused(Taking.Why.WRONG_SIGNATURE));
        var before = bob.chain.identity();
        bob.becomesAnother();
        append(bob, bobs);
        assertThat(appended.receiveMessage()).as("a former key").isEqualTo(refused(Taking.Why.WRONG_SIGNATURE));
        append(bob, bob.writes(log, carol.in()));
        assertThat(appended.receiveMessage()).as("held under another").isEqualTo(refused(Taking.Why.NOT_A_MEMBER));
        group.tell(new ModernGroup.Append(
                bob.name, before, new Person("bob", 2).writes(log, new Deed.Remove(alice.name)), appended.ref()));
        assertThat(appended.receiveMessage()).isEqualTo(refused(Taking.Why.NOT_AN_ADMIN));
        append(carol, carol.writes(log, new Deed.Join()));
        assertThat(appended.receiveMessage()).as("a stranger").isEqualTo(new ModernGroup.Unknown());
        assertThat(known(alice)).isEqualTo(log);
    }

    @Test
    void whoWritesOnWhatIsNotTheLastEntryHasToThinkAgain() {
        var log = begun(Policy.INVITE);
        append(alice, alice.writes(log, bob.in()));
        append(alice, alice.writes(log, carol.in()));
        assertThat(appended.receiveMessage()).isEqualTo(new ModernGroup.Appended(2));
        assertThat(appended.receiveMessage()).isEqualTo(new ModernGroup.HeadMoved());
        var ahead = longer(log.append(alice.writes(log, carol.in())));
        append(alice, alice.writes(ahead, new Deed.Become(Policy.OPEN)));
        assertThat(appended.receiveMessage()).as("on an entry of a lost race").isEqualTo(new ModernGroup.HeadMoved());
    }

    @Test
    void whoIsNoneOfAGroupLearnsNothingAndWhoWasSeesUpToHisEnd() {
        var log = taken(begun(Policy.MEMBERS), alice, bob.in());
        assertThat(log(carol, 0)).isEqualTo(new ModernGroup.Unknown());
        log = taken(log, alice, new Deed.Remove(bob.name));
        var bobs = log;
        log = taken(log, alice, carol.in());
        assertThat(known(bob)).isEqualTo(bobs);
        assertThat(log(bob, 4)).isEqualTo(new ModernGroup.Log(3, List.of()));
        assertThat(known(carol)).isEqualTo(log);
        log = taken(log, alice, bob.in());
        assertThat(known(bob)).as("again a member").isEqualTo(log);
        log = taken(log, alice, new Deed.Become(Policy.OPEN), 3);
        assertThat(known(new Person("dave", 4))).as("open to anybody").isEqualTo(log);
    }

    @Test
    void whoseIdentityIsAnotherNowSeesThatHeIsHeldUnderTheOldOne() {
        var log = taken(begun(Policy.INVITE), alice, bob.in());
        bob.becomesAnother();
        assertThat(known(bob)).isEqualTo(log);
    }

    @Test
    void changesWaitForTheListWhileTheLogIsTold() {
        var log = begun(Policy.OPEN);
        append(bob, bob.writes(log, new Deed.Join()));
        var announce = announcement();
        append(carol, carol.writes(log, new Deed.Join()));
        create(carol, carol.creates(name, Policy.OPEN));
        assertThat(known(carol).size()).isEqualTo(2);
        appended.expectNoMessage(SOON);
        created.expectNoMessage(Duration.ZERO);
        announce.replyTo().tell(new GroupDirectory.Announced());
        assertThat(appended.receiveMessage()).isEqualTo(new ModernGroup.Appended(2));
        assertThat(appended.receiveMessage()).isEqualTo(new ModernGroup.HeadMoved());
        assertThat(created.receiveMessage()).isEqualTo(new ModernGroup.Taken());
    }

    /** With a snapshot every second event, so that both ways of remembering are tried. */
    @Test
    void theLogOutlivesTheActorAndTheListHearsOfItAgain() {
        var log = taken(begun(Policy.OPEN), bob, new Deed.Join(), 2);
        log = taken(log, carol, new Deed.Join(), 3);
        for (int restart = 0; restart < 3; restart++) {
            kit.stop(group);
            group = started(new Retention(2, 2));
            append(carol, carol.writes(log, new Deed.Join()));
            appended.expectNoMessage(SOON);
            recovered(3);
            assertThat(appended.receiveMessage()).isEqualTo(refused(Taking.Why.MEMBER_ALREADY));
            assertThat(known(alice)).isEqualTo(log);
            log = taken(log, alice, new Deed.Admin(bob.name, restart % 2 == 0));
        }
    }

    @Test
    void aLogOfAnotherRegistryIsNotRead() {
        var id = new byte[RegistryId.BYTES];
        id[0] = 1;
        var elsewhere = new Person(new RegistryId(ByteString.fromArray(id)), "alice", 1);
        var other = new GroupName(UUID.randomUUID().toString().substring(0, 32));
        journal.persistForRecovery("group|" + other, List.of(Group.begun(elsewhere.creates(other, Policy.OPEN))));
        var refused = started(other, new Retention(2, 2));
        created.expectTerminated(refused);
    }

    /** What takes months goes by in a moment: what others would have written is in the journal. */
    @Test
    void aFullLogIsReadInRowsLetsMembersGoAndIsReadBackFromASnapshot() {
        var full = new GroupName(UUID.randomUUID().toString().substring(0, 32));
        var first = alice.creates(full, Policy.INVITE);
        var log = longer(GroupLog.begin(Person.REGISTRY, full, first));
        var events = new ArrayList<Object>();
        events.add(Group.begun(first));
        for (int i = 1; i < GroupLog.ENTRIES_MAX; i++) {
            var entry = alice.writes(log, new Deed.Become(i % 2 == 0 ? Policy.INVITE : Policy.MEMBERS));
            log = longer(log.append(entry));
            events.add(Group.appended(entry));
        }
        journal.persistForRecovery("group|" + full, events);
        var retention = new Retention(GroupLog.ENTRIES_MAX + 1, 2);
        group = started(full, retention);
        recovered(0);
        append(alice, alice.writes(log, bob.in()));
        assertThat(appended.receiveMessage()).isEqualTo(refused(Taking.Why.FULL));
        assertThat(known(alice)).isEqualTo(log);
        var leave = alice.writes(log, new Deed.Leave());
        append(alice, leave);
        assertThat(appended.receiveMessage()).isEqualTo(new ModernGroup.Appended(GroupLog.ENTRIES_MAX + 1));
        log = longer(log.append(leave));

        kit.stop(group);
        snapshots.expectNextPersistedClass("group|" + full, Snapshot.OfModernGroup.class);
        journal.clearByPersistenceId("group|" + full);
        group = started(full, retention);
        recovered(0);
        assertThat(known(alice)).isEqualTo(log);
    }

    private GroupLog begun(Policy policy) {
        var first = alice.creates(name, policy);
        create(alice, first);
        if (policy == Policy.OPEN) recovered(1);
        assertThat(created.receiveMessage()).isEqualTo(new ModernGroup.Created());
        return longer(GroupLog.begin(Person.REGISTRY, name, first));
    }

    /** Taken in without a word to the list. */
    private GroupLog taken(GroupLog log, Person by, Deed deed) {
        var entry = by.writes(log, deed);
        append(by, entry);
        assertThat(appended.receiveMessage()).isEqualTo(new ModernGroup.Appended(log.size() + 1));
        list.expectNoMessage(Duration.ZERO);
        return longer(log.append(entry));
    }

    private GroupLog taken(GroupLog log, Person by, Deed deed, int listed) {
        var entry = by.writes(log, deed);
        append(by, entry);
        recovered(listed);
        assertThat(appended.receiveMessage()).isEqualTo(new ModernGroup.Appended(log.size() + 1));
        return longer(log.append(entry));
    }

    /** The list is told so, and has it. */
    private void recovered(int listed) {
        var announce = announcement();
        assertThat(announce.members()).isEqualTo(listed);
        announce.replyTo().tell(new GroupDirectory.Announced());
    }

    private GroupDirectory.Announce announcement() {
        return list.expectMessageClass(GroupDirectory.Announce.class);
    }

    private void create(Person by, GroupEntry first) {
        group.tell(new ModernGroup.Create(by.name, by.chain.identity(), first, created.ref()));
    }

    private void append(Person by, GroupEntry next) {
        group.tell(new ModernGroup.Append(by.name, by.chain.identity(), next, appended.ref()));
    }

    private void refusesCreation(UserName asker, IdentityKey identity, GroupEntry first, Taking.Why why) {
        group.tell(new ModernGroup.Create(asker, identity, first, created.ref()));
        assertThat(created.receiveMessage()).isEqualTo(refused(why));
    }

    private ModernGroup.LogAnswer log(Person asker, int from) {
        var answer = kit.<ModernGroup.LogAnswer>createTestProbe();
        group.tell(new ModernGroup.LogOf(asker.name, from, Limits.ROW_BYTES_MAX, answer.ref()));
        return answer.receiveMessage();
    }

    /** All that is shown to {@code asker}, row by row, verified as he would. */
    private GroupLog known(Person asker) {
        var entries = new ArrayList<GroupEntry>();
        while (true) {
            var answer = (ModernGroup.Log) log(asker, entries.size());
            entries.addAll(answer.row());
            if (entries.size() == answer.entries()) break;
            assertThat(answer.row()).isNotEmpty();
        }
        var create = (Deed.Create) entries.getFirst().deed();
        var begun = longer(GroupLog.begin(Person.REGISTRY, create.group(), entries.getFirst()));
        return longer(begun.append(entries.subList(1, entries.size())));
    }

    private static GroupLog longer(Taking answer) {
        return switch (answer) {
            case Taking.Longer(var log) -> log;
            case Taking.Refused(var why) -> throw new AssertionError("refused: " + why);
        };
    }

    private static ModernGroup.Refused refused(Taking.Why why) {
        return new ModernGroup.Refused(why);
    }

    private ActorRef<GroupRegistry.Command> started(Retention retention) {
        return started(name, retention);
    }

    private ActorRef<GroupRegistry.Command> started(GroupName of, Retention retention) {
        var lists = new GroupRegistry.Lists(classicList.ref(), list.ref());
        return kit.spawn(
                GroupRegistry.create(of, Person.REGISTRY, user -> users.ref(), lists, () -> KEY, 3, retention));
    }
}
