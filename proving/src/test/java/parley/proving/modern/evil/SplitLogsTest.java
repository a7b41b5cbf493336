package parley.proving.modern.evil;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import parley.messages.group.Deed;
import parley.messages.group.GroupLog;
import parley.messages.group.Policy;
import parley.messages.name.GroupName;
import parley.peer.talk.GroupMail;

/**
 * The registry shows two members different logs, each of which holds: it takes two entries for one place, or Eve, an admin
 * who is in league with it, signs both. What one of the two says shows it to the other. Ann is in one log and Ben in the other.
 */
class SplitLogsTest extends Conspiracy {
    static Forger ann;
    static Forger ben;

    @BeforeAll
    static void begin() throws Exception {
        ann = play.ghost("ann");
        ben = play.ghost("ben");
    }

    @Test
    void whatAnAdminSignsTwiceForOnePlaceIsSeenByBoth() throws Exception {
        var team = new GroupName("signed-twice");
        var log = founded(team);
        var alices = eves.does(ann.isAdded(), log);
        var bobs = eves.does(ben.isAdded(), log);
        split(team, alices, bobs);
        play.registry.hangUp();
        new Member(alice, team).awaitChange(GroupMail.Change.ADDED, ann.name());
        new Member(bob, team).awaitChange(GroupMail.Change.ADDED, ben.name());
        bothWriteAndAreTold(team, alices, bobs);
    }

    /** Nobody but the registry is evil: each entry is by an admin who might write it. */
    @Test
    void twoEntriesThatTheRegistryTookForOnePlaceAreSeenByBoth() throws Exception {
        var team = new GroupName("taken-twice");
        var log = founded(team);
        split(team, log, log);
        new Member(alice, team).invites(ann.name());
        new Member(bob, team).invites(ben.name());
        var groups = play.registry.groups();
        bothWriteAndAreTold(team, groups.shownTo(alice.name(), team), groups.shownTo(bob.name(), team));
    }

    @Test
    void whoJoinsAForkIsNamedToTheOthersAndReadsNothingOfTheirs() throws Exception {
        var team = new GroupName("forked");
        var ours = new Member(alice, team);
        ours.creates(Policy.OPEN);
        ours.invites(eve);
        var fork = eves.does(ann.isAdded(), play.registry.groups().log(team));
        ours.invites(ben.name());
        ours.sets(Policy.MEMBERS);
        play.registry.groups().show(bob.name(), team, fork.entries());
        var his = new Member(bob, team);
        his.joins();
        isTold(
                ours,
                bob,
                play.registry.groups().log(team),
                play.registry.groups().shownTo(bob.name(), team));
        int before = play.registry.deposits().size();
        ours.sends("without bob");
        his.sends("without alice", alice);
        assertThat(ours.texts(bob)).isEmpty();
        assertThat(play.sealedFor(alice.name(), before)).doesNotContain(ann.name());
        assertThat(play.sealedFor(bob.name(), before)).doesNotContain(ben.name());
    }

    @Test
    void anotherGroupUnderTheNameIsNotTakenForTheOneThatAFriendNames() throws Exception {
        var team = new GroupName("invented");
        var invented = eves.founds(team, Policy.MEMBERS);
        for (var who : List.of(play.chainOf(bob), play.chainOf(alice)))
            invented = eves.does(new Deed.Add(who.name(), who.identity()), invented);
        var ours = new Member(alice, team);
        var his = new Member(bob, team);
        ours.creates(Policy.INVITE);
        play.registry.groups().show(bob.name(), team, invented.entries());
        ours.invites(bob);
        var told = his.awaitTrouble(GroupMail.Kind.DIFFERENT);
        var log = play.registry.groups().log(team);
        assertThat(told.from()).isEqualTo(Optional.of(alice.name()));
        assertThat(told.why()).contains(HexFormat.of().formatHex(log.id().toArray()));
        assertThat(his.cannotSend("who is there?")).contains("You are not in");

        play.registry.groups().tellTheTruth();
        play.registry.groups().show(alice.name(), team, invented.entries());
        play.registry.hangUp();
        assertThat(ours.awaitTrouble(GroupMail.Kind.INVENTED).why()).contains("Yours stays as it is");
        ours.sends("still here", bob);
        his.awaitTexts(alice, "still here");
        assertThat(his.others()).containsExactly(alice.name());
    }

    private static GroupLog founded(GroupName team) throws Exception {
        var ours = new Member(alice, team);
        ours.creates(Policy.INVITE);
        ours.invites(bob);
        new Member(bob, team).awaitChange(GroupMail.Change.ADDED, bob);
        ours.makesAdmin(bob);
        ours.invites(eve);
        ours.makesAdmin(eve);
        new Member(bob, team).awaitChange(GroupMail.Change.ADMIN, eve);
        return play.registry.groups().log(team);
    }

    private static void split(GroupName team, GroupLog alices, GroupLog bobs) {
        play.registry.groups().show(alice.name(), team, alices.entries());
        play.registry.groups().show(bob.name(), team, bobs.entries());
    }

    private static void bothWriteAndAreTold(GroupName team, GroupLog alices, GroupLog bobs) throws Exception {
        var ours = new Member(alice, team);
        var his = new Member(bob, team);
        int before = play.registry.deposits().size();
        ours.sends("to ann and all", bob);
        his.sends("to ben and all", alice);
        isTold(his, alice, bobs, alices);
        isTold(ours, bob, alices, bobs);
        assertThat(his.texts(alice)).isEmpty();
        assertThat(ours.texts(bob)).isEmpty();
        assertThat(ours.others()).containsExactly(bob.name(), eve.name(), ann.name());
        assertThat(his.others()).containsExactly(alice.name(), eve.name(), ben.name());
        assertThat(play.sealedFor(alice.name(), before)).doesNotContain(ben.name());
        assertThat(play.sealedFor(bob.name(), before)).doesNotContain(ann.name());
    }

    /** By whom it came out, and which entry each of the two was shown. */
    private static void isTold(Member who, Person writer, GroupLog ours, GroupLog theirs) throws Exception {
        var told = who.awaitTrouble(GroupMail.Kind.DIFFERENT);
        assertThat(told.from()).isEqualTo(Optional.of(writer.name()));
        var there = HexFormat.of().formatHex(theirs.head().toArray());
        var here = HexFormat.of()
                .formatHex(ours.hashAt(theirs.sequence()).orElseThrow().toArray());
        assertThat(told.why())
                .contains("another group than you", "is %s there and %s here".formatted(there, here))
                .contains("Nothing that %s writes in it is shown".formatted(writer.name()));
    }
}
