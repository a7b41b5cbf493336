package parley.messages.group;

import static org.assertj.core.api.Assertions.assertThat;
import static parley.messages.group.Person.REGISTRY;
import static parley.messages.group.Person.TEAM;
import static parley.messages.group.Person.TIME;
import static parley.messages.group.Person.founding;
import static parley.messages.group.Person.longer;

import java.util.Optional;
import java.util.stream.Stream;
import org.apache.pekko.util.ByteString;
import org.junit.jupiter.api.Test;
import parley.messages.group.Taking.Refused;
import parley.messages.group.Taking.Why;
import parley.messages.name.GroupName;

/** Each refusal of docs/PROTOCOL.md §12.2, and which comes first if several would do. */
class RefusalsTest {
    private static final ByteString ELSE = ByteString.fromString("x".repeat(32));

    private final Person alice = new Person("alice", 1);
    private final Person bob = new Person("bob", 2);
    private final Person carol = new Person("carol", 3);
    private final Person dave = new Person("dave", 4);

    /** Of an admin, alice, and a member, bob. */
    private GroupLog team(Policy policy) {
        var log = alice.does(alice.begins(Policy.INVITE), bob.in());
        return policy == Policy.INVITE ? log : alice.does(log, new Deed.Become(policy));
    }

    @Test
    void theFirstEntryHasEveryFaultAndLosesOneAfterTheOther() {
        var other = new Deed.Create(new GroupName("other"), Policy.OPEN, ByteString.fromArray(new byte[16]));
        refusesFirst(
                Why.WRONG_SEQUENCE, bob.sign(new EntryDraft(1, ELSE, TIME, alice.name, alice.key, new Deed.Join())));
        refusesFirst(
                Why.WRONG_PREVIOUS, bob.sign(new EntryDraft(0, ELSE, TIME, alice.name, alice.key, new Deed.Join())));
        refusesFirst(Why.WRONG_KIND, bob.sign(first(new Deed.Join())));
        refusesFirst(Why.WRONG_NAME, bob.sign(first(other)));
        refusesFirst(Why.WRONG_SIGNATURE, bob.sign(first(founding(Policy.OPEN))));
        assertThat(GroupLog.begin(REGISTRY, TEAM, alice.sign(first(founding(Policy.OPEN)))))
                .isInstanceOf(Taking.Longer.class);
    }

    @Test
    void aLaterEntryHasEveryFaultAndLosesOneAfterTheOther() {
        var log = team(Policy.CLOSED);
        var again = founding(Policy.OPEN);
        refuses(Why.WRONG_SEQUENCE, log, dave.sign(new EntryDraft(9, ELSE, TIME, carol.name, carol.key, again)));
        refuses(
                Why.WRONG_PREVIOUS,
                log,
                dave.sign(new EntryDraft(log.size(), ELSE, TIME, carol.name, carol.key, again)));
        refuses(Why.WRONG_KIND, log, dave.sign(log.draft(carol.name, carol.key, again, TIME)));
        var remove = new Deed.Remove(dave.name);
        refuses(Why.WRONG_SIGNATURE, log, dave.sign(log.draft(carol.name, carol.key, remove, TIME)));
        refuses(Why.NOT_A_MEMBER, log, carol.writes(log, remove));
        refuses(Why.NOT_AN_ADMIN, log, bob.writes(log, remove));
        refuses(Why.NO_SUCH_MEMBER, log, alice.writes(log, remove));
        assertThat(log.append(alice.writes(log, new Deed.Remove(bob.name)))).isInstanceOf(Taking.Longer.class);
    }

    @Test
    void othersThanTheNextSequenceAreRefused() {
        var log = team(Policy.OPEN);
        for (long sequence : new long[] {0, log.size() - 1, log.size() + 1, 0xffff_ffffL}) {
            var draft = new EntryDraft(sequence, log.head(), TIME, bob.name, bob.key, new Deed.Leave());
            refuses(Why.WRONG_SEQUENCE, log, bob.sign(draft));
        }
    }

    @Test
    void anEntryOfABranchIsRefused() {
        var log = team(Policy.OPEN);
        var one = alice.does(log, new Deed.Become(Policy.CLOSED));
        var other = alice.does(log, new Deed.Become(Policy.MEMBERS));
        refuses(Why.WRONG_PREVIOUS, one, bob.writes(other, new Deed.Leave()));
    }

    @Test
    void everythingButJoiningIsForMembers() {
        var log = team(Policy.OPEN);
        asked(Why.NOT_A_MEMBER, log, carol, dave.in());
        asked(Why.NOT_A_MEMBER, log, carol, carol.in());
        asked(Why.NOT_A_MEMBER, log, carol, new Deed.Leave());
        asked(Why.NOT_A_MEMBER, log, carol, new Deed.Remove(bob.name));
        asked(Why.NOT_A_MEMBER, log, carol, new Deed.Admin(carol.name, true));
        asked(Why.NOT_A_MEMBER, log, carol, new Deed.Become(Policy.CLOSED));
        asked(Why.NOT_A_MEMBER, log, new Person("alice", 11), new Deed.Become(Policy.CLOSED));
    }

    @Test
    void removingAppointingAndThePolicyAreForAdmins() {
        for (var policy : Policy.values()) {
            var log = team(policy);
            asked(Why.NOT_AN_ADMIN, log, bob, new Deed.Remove(alice.name));
            asked(Why.NOT_AN_ADMIN, log, bob, new Deed.Remove(bob.name));
            asked(Why.NOT_AN_ADMIN, log, bob, new Deed.Admin(bob.name, true));
            asked(Why.NOT_AN_ADMIN, log, bob, new Deed.Become(policy));
        }
    }

    @Test
    void thePolicySaysWhoBringsOthersIn() {
        allowed(team(Policy.OPEN), carol, new Deed.Join());
        allowed(team(Policy.OPEN), bob, carol.in());
        allowed(team(Policy.OPEN), alice, carol.in());

        asked(Why.NOT_BY_POLICY, team(Policy.INVITE), carol, new Deed.Join());
        asked(Why.NOT_AN_ADMIN, team(Policy.INVITE), bob, carol.in());
        allowed(team(Policy.INVITE), alice, carol.in());

        asked(Why.NOT_BY_POLICY, team(Policy.MEMBERS), carol, new Deed.Join());
        allowed(team(Policy.MEMBERS), bob, carol.in());
        allowed(team(Policy.MEMBERS), alice, carol.in());

        asked(Why.NOT_BY_POLICY, team(Policy.CLOSED), carol, new Deed.Join());
        asked(Why.NOT_BY_POLICY, team(Policy.CLOSED), bob, carol.in());
        asked(Why.NOT_BY_POLICY, team(Policy.CLOSED), alice, carol.in());
    }

    @Test
    void whoIsThereDoesNotComeAgain() {
        for (var policy : Policy.values()) asked(Why.MEMBER_ALREADY, team(policy), bob, new Deed.Join());
        for (var policy : Policy.values()) asked(Why.MEMBER_ALREADY, team(policy), alice, bob.in());
        asked(Why.MEMBER_ALREADY, team(Policy.MEMBERS), bob, alice.in());
        asked(Why.MEMBER_ALREADY, team(Policy.MEMBERS), bob, bob.in());
        asked(Why.MEMBER_ALREADY, team(Policy.OPEN), new Person("bob", 22), new Deed.Join());
        asked(Why.NOT_AN_ADMIN, team(Policy.OPEN), bob, new Person("bob", 22).in());
        asked(Why.NOT_BY_POLICY, team(Policy.CLOSED), alice, new Person("bob", 22).in());
        allowed(team(Policy.OPEN), alice, new Person("bob", 22).in());
        allowed(team(Policy.INVITE), alice, new Person("alice", 11).in());
    }

    @Test
    void whoIsNotThereNeitherGoesNorRises() {
        asked(Why.NO_SUCH_MEMBER, team(Policy.OPEN), alice, new Deed.Remove(carol.name));
        asked(Why.NO_SUCH_MEMBER, team(Policy.OPEN), alice, new Deed.Remove(alice.name));
        asked(Why.NO_SUCH_MEMBER, team(Policy.OPEN), alice, new Deed.Admin(carol.name, true));
    }

    @Test
    void whatAltersNothingIsNothingNew() {
        var log = team(Policy.MEMBERS);
        asked(Why.NOTHING_NEW, log, alice, new Deed.Become(Policy.MEMBERS));
        asked(Why.NOTHING_NEW, log, alice, new Deed.Admin(alice.name, true));
        asked(Why.NOTHING_NEW, log, alice, new Deed.Admin(bob.name, false));
        asked(Why.NOTHING_NEW, log, alice, new Deed.Admin(alice.name, false));
        allowed(log, alice, new Deed.Admin(bob.name, true));
        allowed(log, alice, new Deed.Become(Policy.INVITE));
    }

    @Test
    void aGroupHasNoMoreThan256Members() {
        var log = alice.begins(Policy.OPEN);
        for (int i = 1; i < GroupLog.MEMBERS_MAX; i++)
            log = alice.does(log, new Deed.Add(new Person("p" + i, 0).name, bob.key));
        assertThat(log.members()).hasSize(GroupLog.MEMBERS_MAX);
        asked(Why.TOO_MANY_MEMBERS, log, alice, bob.in());
        asked(Why.TOO_MANY_MEMBERS, log, bob, new Deed.Join());
        allowed(log, alice, new Deed.Add(new Person("p7", 0).name, carol.key));
        var gone = alice.does(log, new Deed.Remove(new Person("p7", 0).name));
        allowed(gone, bob, new Deed.Join());
    }

    @Test
    void aFullLogLetsMembersGoAndNothingElse() {
        var log = team(Policy.OPEN);
        while (log.size() < GroupLog.ENTRIES_MAX) {
            log = alice.does(log, new Deed.Become(log.policy() == Policy.OPEN ? Policy.MEMBERS : Policy.OPEN));
        }
        asked(Why.FULL, log, alice, new Deed.Become(Policy.CLOSED));
        asked(Why.FULL, log, alice, carol.in());
        asked(Why.FULL, log, carol, new Deed.Join());
        refuses(Why.FULL, log, bob.sign(new EntryDraft(0, ELSE, TIME, alice.name, alice.key, founding(Policy.OPEN))));
        refuses(
                Why.WRONG_SEQUENCE,
                log,
                alice.sign(new EntryDraft(0, log.head(), TIME, alice.name, alice.key, new Deed.Leave())));
        log = alice.does(log, new Deed.Remove(bob.name));
        log = alice.does(log, new Deed.Leave());
        assertThat(log.members()).isEmpty();
        asked(Why.NOT_A_MEMBER, log, bob, new Deed.Leave());
    }

    @Test
    void everyRefusalIsOneOfTheDocument() {
        assertThat(Stream.of(Why.values()).map(Why::name))
                .containsExactly(
                        "FULL",
                        "WRONG_SEQUENCE",
                        "WRONG_PREVIOUS",
                        "WRONG_KIND",
                        "WRONG_NAME",
                        "WRONG_SIGNATURE",
                        "NOT_A_MEMBER",
                        "NOT_AN_ADMIN",
                        "MEMBER_ALREADY",
                        "NO_SUCH_MEMBER",
                        "NOT_BY_POLICY",
                        "TOO_MANY_MEMBERS",
                        "NOTHING_NEW");
    }

    private EntryDraft first(Deed deed) {
        return new EntryDraft(0, EntryDraft.NONE, TIME, alice.name, alice.key, deed);
    }

    private static void refusesFirst(Why why, GroupEntry entry) {
        assertThat(GroupLog.begin(REGISTRY, TEAM, entry)).isEqualTo(new Refused(why));
    }

    private static void refuses(Why why, GroupLog log, GroupEntry entry) {
        assertThat(log.append(entry)).isEqualTo(new Refused(why));
    }

    /** Who asks before he writes is told the same as who writes. */
    private static void asked(Why why, GroupLog log, Person author, Deed deed) {
        refuses(why, log, author.writes(log, deed));
        assertThat(log.wouldRefuse(author.name, author.key, deed)).contains(why);
    }

    private static void allowed(GroupLog log, Person author, Deed deed) {
        assertThat(log.wouldRefuse(author.name, author.key, deed)).isEqualTo(Optional.empty());
        assertThat(longer(log.append(author.writes(log, deed))).size()).isEqualTo(log.size() + 1);
    }
}
