package parley.messages.group;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static parley.messages.group.Person.REGISTRY;
import static parley.messages.group.Person.TEAM;
import static parley.messages.group.Person.longer;

import java.util.ArrayList;
import java.util.List;
import org.apache.pekko.util.ByteString;
import org.junit.jupiter.api.Test;
import parley.messages.group.Taking.Refused;
import parley.messages.group.Taking.Why;
import parley.messages.identity.RegistryId;

/** What the deeds do, and what a log tells about now and then. */
class GroupLogTest {
    private final Person alice = new Person("alice", 1);
    private final Person bob = new Person("bob", 2);
    private final Person carol = new Person("carol", 3);

    @Test
    void whoCreatesAGroupIsItsMemberAndAdmin() {
        var log = alice.begins(Policy.INVITE);
        assertThat(log.members()).containsExactly(new GroupMember(alice.name, alice.key, true));
        assertThat(log.policy()).isEqualTo(Policy.INVITE);
        assertThat(log.name()).isEqualTo(TEAM);
        assertThat(log.registry()).isEqualTo(REGISTRY);
        assertThat(log.id())
                .isEqualTo(log.head())
                .isEqualTo(log.entries().getFirst().hash(REGISTRY));
        assertThat(log.sequence()).isZero();
    }

    @Test
    void anotherSaltIsAnotherGroup() {
        var salt = ByteString.fromString("0123456789abcdef");
        var draft = EntryDraft.first(alice.name, alice.key, new Deed.Create(TEAM, Policy.INVITE, salt), Person.TIME);
        var other = longer(GroupLog.begin(REGISTRY, TEAM, alice.sign(draft)));
        assertThat(other.id()).isNotEqualTo(alice.begins(Policy.INVITE).id());
        assertThat(other).isNotEqualTo(alice.begins(Policy.INVITE));
    }

    @Test
    void membersAreHeldInTheOrderInWhichTheyCame() {
        var log = bob.does(alice.begins(Policy.OPEN), new Deed.Join());
        log = bob.does(log, carol.in());
        assertThat(names(log)).containsExactly("alice*", "bob", "carol");
        assertThat(names(bob.does(log, new Deed.Leave()))).containsExactly("alice*", "carol");
        assertThat(names(alice.does(log, new Deed.Remove(bob.name)))).containsExactly("alice*", "carol");
        assertThat(names(log)).as("a log is a value").containsExactly("alice*", "bob", "carol");
    }

    @Test
    void adminsMakeAdminsAndThoseMayTakeItBack() {
        var log = alice.does(alice.begins(Policy.INVITE), bob.in());
        log = alice.does(log, new Deed.Admin(bob.name, true));
        assertThat(names(log)).containsExactly("alice*", "bob*");
        log = bob.does(log, new Deed.Admin(alice.name, false));
        assertThat(names(log)).containsExactly("alice", "bob*");
        assertThat(names(bob.does(log, new Deed.Remove(alice.name)))).containsExactly("bob*");
    }

    @Test
    void whoIsLongestInAGroupWithoutAdminsBecomesOne() {
        var log = alice.does(alice.does(alice.begins(Policy.INVITE), bob.in()), carol.in());
        assertThat(names(alice.does(log, new Deed.Leave()))).containsExactly("bob*", "carol");

        var handedOver = alice.does(alice.does(log, new Deed.Admin(carol.name, true)), new Deed.Leave());
        assertThat(names(handedOver)).as("there is an admin").containsExactly("bob", "carol*");

        var resigned = carol.does(handedOver, new Deed.Admin(carol.name, false));
        assertThat(names(resigned)).containsExactly("bob*", "carol");
    }

    @Test
    void aGroupWithoutMembersGoesOnOnlyIfItIsOpen() {
        var open = alice.does(alice.begins(Policy.OPEN), new Deed.Leave());
        assertThat(open.members()).isEmpty();
        assertThat(names(bob.does(open, new Deed.Join()))).containsExactly("bob*");

        var closed = alice.does(alice.begins(Policy.INVITE), new Deed.Leave());
        assertThat(closed.append(bob.writes(closed, new Deed.Join()))).isEqualTo(new Refused(Why.NOT_BY_POLICY));
        assertThat(closed.append(alice.writes(closed, bob.in()))).isEqualTo(new Refused(Why.NOT_A_MEMBER));
    }

    @Test
    void whoHasAnotherKeyIsAddedAgainByAnAdminAndKeepsNothing() {
        var log = alice.does(alice.does(alice.begins(Policy.OPEN), bob.in()), carol.in());
        log = alice.does(log, new Deed.Admin(bob.name, true));
        var bobAnew = new Person("bob", 22);
        log = alice.does(log, bobAnew.in());
        assertThat(names(log)).containsExactly("alice*", "carol", "bob");
        assertThat(log.member(bob.name)).contains(new GroupMember(bob.name, bobAnew.key, false));
        assertThat(log.append(bob.writes(log, new Deed.Leave())))
                .as("under the old key he is nobody")
                .isEqualTo(new Refused(Why.NOT_A_MEMBER));
        assertThat(names(bobAnew.does(log, new Deed.Leave()))).containsExactly("alice*", "carol");
    }

    @Test
    void nobodyButAnAdminExchangesAKey() {
        var log = alice.does(alice.begins(Policy.OPEN), bob.in());
        var aliceAnew = new Person("alice", 11);
        assertThat(log.append(bob.writes(log, aliceAnew.in()))).isEqualTo(new Refused(Why.NOT_AN_ADMIN));
        assertThat(log.append(aliceAnew.writes(log, new Deed.Join())))
                .as("a registry could sign that")
                .isEqualTo(new Refused(Why.MEMBER_ALREADY));
    }

    @Test
    void itRemembersWhoWasAMemberWhen() {
        var log = alice.begins(Policy.OPEN); // 0
        log = bob.does(log, new Deed.Join()); // 1
        log = bob.does(log, carol.in()); // 2
        log = alice.does(log, new Deed.Remove(bob.name)); // 3
        var bobAnew = new Person("bob", 22);
        var gone = log;
        log = alice.does(log, bobAnew.in()); // 4

        assertThat(log.memberAt(bob.name, 0)).isEmpty();
        assertThat(log.memberAt(bob.name, 1)).contains(new GroupMember(bob.name, bob.key, false));
        assertThat(log.memberAt(bob.name, 2)).contains(new GroupMember(bob.name, bob.key, false));
        assertThat(log.memberAt(bob.name, 3)).isEmpty();
        assertThat(log.memberAt(bob.name, 4)).contains(new GroupMember(bob.name, bobAnew.key, false));
        assertThat(log.memberAt(bob.name, 5)).isEmpty();
        assertThat(log.memberAt(bob.name, -1)).isEmpty();
        assertThat(log.memberAt(alice.name, 4)).isEqualTo(log.member(alice.name));

        assertThat(gone.endedAt(bob.name)).hasValue(3);
        assertThat(log.endedAt(bob.name)).as("he is one again").isEmpty();
        assertThat(log.endedAt(bob.name, bob.key)).as("but not under this key").hasValue(3);
        assertThat(log.endedAt(bob.name, bobAnew.key)).isEmpty();
        assertThat(log.endedAt(carol.name, bob.key)).isEmpty();
        assertThat(log.endedAt(new Person("dave", 4).name)).isEmpty();
        assertThat(bobAnew.does(log, new Deed.Leave()).endedAt(bob.name)).hasValue(5);
    }

    @Test
    void aKeyThatIsExchangedEndsTheMembershipUnderTheOldOne() {
        var log = alice.does(alice.begins(Policy.INVITE), bob.in());
        log = alice.does(log, new Person("bob", 22).in());
        log = alice.does(log, carol.in());
        assertThat(log.endedAt(bob.name, bob.key)).hasValue(2);
        assertThat(log.endedAt(bob.name)).isEmpty();
    }

    @Test
    void itGoesAgainThroughWhatItWas() {
        var logs = new ArrayList<GroupLog>();
        logs.add(alice.does(alice.begins(Policy.OPEN), bob.in()));
        for (int i = 0; i < Stretch.LINKS_MAX; i++)
            logs.add(alice.does(logs.getLast(), i % 2 == 0 ? carol.in() : new Deed.Remove(carol.name)));
        var steps = logs.getLast().stepsFrom(logs.getFirst());
        assertThat(steps).isEqualTo(logs.subList(1, logs.size()));
        for (int i = 0; i < steps.size(); i++) {
            assertThat(steps.get(i).members()).isEqualTo(logs.get(i + 1).members());
            assertThat(steps.get(i).entries()).isEqualTo(logs.get(i + 1).entries());
        }
        assertThat(logs.getLast().stepsFrom(logs.getLast())).isEmpty();
        var another = alice.does(logs.getFirst(), new Deed.Become(Policy.CLOSED));
        assertThatThrownBy(() -> logs.getLast().stepsFrom(another)).hasMessageContaining("did not grow");
        assertThatThrownBy(() -> logs.getFirst().stepsFrom(logs.getLast())).hasMessageContaining("did not grow");
    }

    @Test
    void whatWasLastIsFoundByItsSequenceEvenOverAThousandEntries() {
        var log = alice.does(alice.begins(Policy.OPEN), bob.in());
        for (int i = 0; i < 3 * Stretch.LINKS_MAX; i++) {
            log = alice.does(log, new Deed.Become(log.policy() == Policy.OPEN ? Policy.MEMBERS : Policy.OPEN));
        }
        log = bob.does(log, new Deed.Leave());
        for (int at = 0; at < log.size(); at++) {
            var entry = log.entries().get(at);
            assertThat(entry.draft().sequence()).isEqualTo(at);
            assertThat(log.hashAt(at)).contains(entry.hash(REGISTRY));
            assertThat(log.memberAt(bob.name, at).isPresent()).isEqualTo(at > 0 && at < log.sequence());
        }
        assertThat(log.hashAt(log.sequence())).contains(log.head());
        assertThat(log.hashAt(log.size())).isEmpty();
        assertThat(log.hashAt(-1)).isEmpty();
        assertThat(log.endedAt(bob.name)).hasValue(log.sequence());
    }

    @Test
    void twoWhoAppendToTheSameLogDoNotDisturbEachOther() {
        var log = alice.does(alice.begins(Policy.OPEN), bob.in());
        var one = alice.does(log, new Deed.Become(Policy.CLOSED));
        var other = bob.does(log, carol.in());
        assertThat(one.policy()).isEqualTo(Policy.CLOSED);
        assertThat(names(one)).containsExactly("alice*", "bob");
        assertThat(other.policy()).isEqualTo(Policy.OPEN);
        assertThat(one).isNotEqualTo(other);
        assertThat(one.append(other.entries().getLast())).isEqualTo(new Refused(Why.WRONG_SEQUENCE));
        assertThat(log.size()).isEqualTo(2);
    }

    @Test
    void someAreTakenTogetherOrNotAtAll() {
        var log = alice.begins(Policy.OPEN);
        var more = carol.does(bob.does(log, new Deed.Join()), new Deed.Join());
        var both = more.entries().subList(1, 3);
        assertThat(log.append(both)).isEqualTo(new Taking.Longer(more));
        assertThat(log.append(both.reversed())).isEqualTo(new Refused(Why.WRONG_SEQUENCE));
        assertThat(log.append(List.of())).isEqualTo(new Taking.Longer(log));
        assertThat(longer(log.append(both)).hashCode()).isEqualTo(more.hashCode());
    }

    @Test
    void anEntryOfAnotherRegistryIsNone() {
        var elsewhere = new RegistryId(ByteString.fromString("0123456789abcdef"));
        assertThat(GroupLog.begin(elsewhere, TEAM, alice.creates(Policy.OPEN)))
                .isEqualTo(new Refused(Why.WRONG_SIGNATURE));
    }

    private static List<String> names(GroupLog log) {
        return log.members().stream()
                .map(member -> member.name() + (member.admin() ? "*" : ""))
                .toList();
    }
}
