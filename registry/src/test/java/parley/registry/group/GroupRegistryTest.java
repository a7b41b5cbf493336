package parley.registry.group;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.testkit.typed.javadsl.ManualTime;
import org.apache.pekko.actor.testkit.typed.javadsl.TestProbe;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.persistence.testkit.javadsl.PersistenceTestKit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import parley.messages.name.GroupName;
import parley.messages.name.UserName;
import parley.registry.InMemory;
import parley.registry.Person;
import parley.registry.journal.Retention;
import parley.registry.user.UserRegistry;

class GroupRegistryTest {
    static final ActorTestKit kit = ActorTestKit.create(InMemory.config());
    static final PersistenceTestKit journal = PersistenceTestKit.create(kit.system());
    static final ManualTime time = ManualTime.get(kit.system());

    private static final UserName ALICE = new UserName("alice");
    private static final UserName BOB = new UserName("bob");
    private static final UserName CAROL = new UserName("carol");
    private static final UserName DAVE = new UserName("dave");
    private static final TripleDesKey KEY =
            TripleDesKey.ofHex("0102030405060708" + "1112131415161718" + "2122232425262728");

    private final GroupName name = new GroupName(UUID.randomUUID().toString().substring(0, 32));
    private final TestProbe<UserRegistry.Command> users = kit.createTestProbe();
    private final TestProbe<GroupDirectory.Command> slice = kit.createTestProbe();
    private final TestProbe<GroupRegistry.CreateAnswer> created = kit.createTestProbe();
    private final TestProbe<GroupRegistry.JoinAnswer> joined = kit.createTestProbe();
    private ActorRef<GroupRegistry.Command> group = started();

    @AfterAll
    static void close() {
        kit.shutdownTestKit();
    }

    @Test
    void aGroupIsAnsweredOnlyWhenItsOwnerAndTheListKnow() {
        group.tell(new GroupRegistry.Create(ALICE, created.ref()));
        var enrol = enrolment();
        var announce = announcement();
        assertThat(announce.members()).isEqualTo(1);
        created.expectNoMessage(Duration.ofMillis(50));
        enrol.replyTo().tell(new UserRegistry.Enrolled());
        created.expectNoMessage(Duration.ofMillis(50));
        announce.replyTo().tell(new GroupDirectory.Announced());
        assertThat(created.receiveMessage()).isEqualTo(new GroupRegistry.Created());
    }

    @Test
    void whatCannotBeWrittenIsAnsweredBusyAndAnnouncedToNobody() {
        journal.failNextPersisted("group|" + name);
        group.tell(new GroupRegistry.Create(ALICE, created.ref()));
        created.expectMessage(new GroupRegistry.Busy());
        created.expectTerminated(group);
        users.expectNoMessage(Duration.ZERO);
        slice.expectNoMessage(Duration.ZERO);
    }

    @Test
    void aGroupIsCreatedOnce() {
        create();
        group.tell(new GroupRegistry.Create(BOB, created.ref()));
        assertThat(created.receiveMessage()).isEqualTo(new GroupRegistry.GroupExists());
        assertThat(members()).containsExactly(ALICE);
    }

    @Test
    void aGroupThatDoesNotExistCannotBeJoinedAndHasNoMembersAndNoKey() {
        group.tell(new GroupRegistry.Join(BOB, joined.ref()));
        assertThat(joined.receiveMessage()).isEqualTo(new GroupRegistry.NoSuchGroup());
        assertThat(members()).isEmpty();
        assertThat(key(BOB)).isEqualTo(new GroupRegistry.NotAMember());
    }

    @Test
    void membersStandInTheOrderInWhichTheyJoined() {
        create();
        for (var user : List.of(CAROL, BOB)) join(user);
        assertThat(members()).containsExactly(ALICE, CAROL, BOB);
        group.tell(new GroupRegistry.Join(BOB, joined.ref()));
        assertThat(joined.receiveMessage()).isEqualTo(new GroupRegistry.AlreadyMember());
    }

    @Test
    void onlyMembersAreToldTheKey() {
        create();
        assertThat(key(ALICE)).isEqualTo(new GroupRegistry.Key(KEY));
        assertThat(key(BOB)).isEqualTo(new GroupRegistry.NotAMember());
    }

    @Test
    void aFullGroupTakesNobodyElse() {
        create();
        join(BOB);
        join(CAROL);
        group.tell(new GroupRegistry.Join(DAVE, joined.ref()));
        assertThat(joined.receiveMessage()).isEqualTo(new GroupRegistry.Full(3));
    }

    @Test
    void changesGoOneByOneWhileKeysAndMembersAreToldAllTheTime() {
        create();
        group.tell(new GroupRegistry.Join(BOB, joined.ref()));
        var bobs = enrolment();
        group.tell(new GroupRegistry.Join(CAROL, joined.ref()));
        group.tell(new GroupRegistry.Join(BOB, joined.ref()));
        group.tell(new GroupRegistry.Create(BOB, created.ref()));
        assertThat(members()).containsExactly(ALICE, BOB);
        assertThat(key(BOB)).isEqualTo(new GroupRegistry.Key(KEY));
        joined.expectNoMessage(Duration.ofMillis(50));
        created.expectNoMessage(Duration.ZERO);

        bobs.replyTo().tell(new UserRegistry.Enrolled());
        announcement().replyTo().tell(new GroupDirectory.Announced());
        assertThat(joined.receiveMessage()).isEqualTo(new GroupRegistry.Joined());
        heard(3);
        assertThat(joined.receiveMessage()).as("carol").isEqualTo(new GroupRegistry.Joined());
        assertThat(joined.receiveMessage()).as("bob again").isEqualTo(new GroupRegistry.AlreadyMember());
        assertThat(created.receiveMessage()).isEqualTo(new GroupRegistry.GroupExists());
        assertThat(members()).containsExactly(ALICE, BOB, CAROL);
    }

    @Test
    void whoDoesNotAnswerIsToldAgainUntilTheyDo() {
        group.tell(new GroupRegistry.Create(ALICE, created.ref()));
        announcement().replyTo().tell(new GroupDirectory.Announced());
        for (int i = 0; i < 3; i++) {
            assertThat(enrolment().group()).isEqualTo(name);
            users.expectNoMessage(Duration.ofMillis(20));
            time.timePasses(GroupRegistry.ANNOUNCE_TIMEOUT);
        }
        enrolment().replyTo().tell(new UserRegistry.Enrolled());
        assertThat(created.receiveMessage()).isEqualTo(new GroupRegistry.Created());
        slice.expectNoMessage(Duration.ZERO);
    }

    @Test
    void aCrashBetweenTheDiskAndTheAnswerIsHealedOnRecovery() {
        create();
        group.tell(new GroupRegistry.Join(BOB, joined.ref()));
        enrolment();
        announcement();
        kit.stop(group);
        group = started();

        group.tell(new GroupRegistry.Join(BOB, joined.ref()));
        joined.expectNoMessage(Duration.ofMillis(50)); // a member, but not answered before all know
        var announce = announcement();
        assertThat(announce.members()).isEqualTo(2);
        assertThat(announce.revision()).isEqualTo(2);
        announce.replyTo().tell(new GroupDirectory.Announced());
        enrolment().replyTo().tell(new UserRegistry.Enrolled());
        assertThat(joined.receiveMessage()).isEqualTo(new GroupRegistry.AlreadyMember());
    }

    /** With a snapshot every second event, so that both ways of remembering are tried. */
    @Test
    void membersAndKeyOutliveTheActor() {
        create();
        join(BOB);
        join(CAROL);
        kit.stop(group);
        group = started();
        heard(3);
        assertThat(members()).containsExactly(ALICE, BOB, CAROL);
        assertThat(key(CAROL)).isEqualTo(new GroupRegistry.Key(KEY));
    }

    private void create() {
        group.tell(new GroupRegistry.Create(ALICE, created.ref()));
        heard(1);
        assertThat(created.receiveMessage()).isEqualTo(new GroupRegistry.Created());
    }

    private void join(UserName user) {
        int before = members().size();
        group.tell(new GroupRegistry.Join(user, joined.ref()));
        heard(before + 1);
        assertThat(joined.receiveMessage()).isEqualTo(new GroupRegistry.Joined());
    }

    private void heard(int members) {
        enrolment().replyTo().tell(new UserRegistry.Enrolled());
        var announce = announcement();
        assertThat(announce.members()).isEqualTo(members);
        announce.replyTo().tell(new GroupDirectory.Announced());
    }

    private UserRegistry.Enrol enrolment() {
        return users.expectMessageClass(UserRegistry.Enrol.class);
    }

    private GroupDirectory.Announce announcement() {
        return slice.expectMessageClass(GroupDirectory.Announce.class);
    }

    private List<UserName> members() {
        var answer = kit.<GroupRegistry.MembersAnswer>createTestProbe();
        group.tell(new GroupRegistry.MembersOf(answer.ref()));
        return answer.expectMessageClass(GroupRegistry.Members.class).members();
    }

    private GroupRegistry.KeyAnswer key(UserName user) {
        var answer = kit.<GroupRegistry.KeyAnswer>createTestProbe();
        group.tell(new GroupRegistry.KeyOf(user, answer.ref()));
        return answer.receiveMessage();
    }

    private ActorRef<GroupRegistry.Command> started() {
        var lists = new GroupRegistry.Lists(slice.ref(), kit.system().ignoreRef());
        return kit.spawn(GroupRegistry.create(
                name, Person.REGISTRY, user -> users.ref(), lists, () -> KEY, 3, new Retention(2, 2)));
    }
}
