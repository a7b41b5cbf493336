package parley.proving.modern.evil;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import parley.messages.directory.Request;
import parley.messages.group.Deed;
import parley.messages.group.EntryDraft;
import parley.messages.group.GroupEntry;
import parley.messages.group.GroupLog;
import parley.messages.group.Policy;
import parley.messages.name.GroupName;
import parley.peer.talk.GroupMail;

/**
 * The registry shows logs with entries that nobody wrote who may. A ghost, with an account that the registry has made, must
 * get nothing; nor must anybody be asked for keys of his. Eve, an ordinary member, is in league with the registry.
 */
class GhostMembersTest extends Conspiracy {
    static Person dave;
    static Forger ghost;

    @BeforeAll
    static void begin() throws Exception {
        dave = play.newcomer("dave");
        Play.acquaint(alice, dave);
        ghost = play.ghost("ghost");
    }

    /** @param makes what is shown of the true log, to which alice has added eve last */
    record Forgery(String name, Policy policy, Function<GroupLog, List<GroupEntry>> makes) {
        GroupName group() {
            return new GroupName(name.replace(' ', '-'));
        }

        @Override
        public String toString() {
            return name;
        }
    }

    static Stream<Forgery> forgeries() {
        return Stream.of(
                new Forgery(
                        "signed for alice",
                        Policy.INVITE,
                        log -> with(
                                log,
                                ghost.signs(log.draft(
                                        alice.name(), play.chainOf(alice).identity(), ghost.isAdded(), 0)))),
                new Forgery(
                        "alice under his key",
                        Policy.INVITE,
                        log -> with(log, ghost.signs(log.draft(alice.name(), ghost.key(), ghost.isAdded(), 0)))),
                new Forgery("by himself", Policy.MEMBERS, log -> with(log, ghost.writes(ghost.isAdded(), log))),
                new Forgery("without a door", Policy.MEMBERS, log -> with(log, ghost.writes(new Deed.Join(), log))),
                new Forgery("by who is no admin", Policy.INVITE, log -> with(log, eves.writes(ghost.isAdded(), log))),
                new Forgery(
                        "bob under his key",
                        Policy.MEMBERS,
                        log -> with(log, eves.writes(new Deed.Add(bob.name(), ghost.key()), log))),
                new Forgery(
                        "a removal by no admin",
                        Policy.MEMBERS,
                        log -> with(log, eves.writes(new Deed.Remove(bob.name()), log))),
                new Forgery(
                        "another order",
                        Policy.MEMBERS,
                        log -> with(log, 2, log.entries().get(1))),
                new Forgery(
                        "in before others",
                        Policy.OPEN,
                        log -> with(
                                log, 2, ghost.signs(joining(log.entries().get(2).draft())))));
    }

    @ParameterizedTest
    @MethodSource("forgeries")
    void whoKnowsTheLogIsToldAndWritesToWhoIsInIt(Forgery forgery) throws Exception {
        var team = forgery.group();
        var ours = founded(team, forgery.policy());
        play.registry
                .groups()
                .show(
                        alice.name(),
                        team,
                        forgery.makes().apply(play.registry.groups().log(team)));
        play.registry.hangUp();
        var told = ours.awaitTrouble(GroupMail.Kind.INVENTED);
        assertThat(told.why()).contains("does not go on from the one you know", "Yours stays as it is");
        assertThat(ours.others()).containsExactly(bob.name(), eve.name());
        int before = play.registry.deposits().size();
        ours.sends("to whom it concerns", bob);
        new Member(bob, team).awaitTexts(alice, "to whom it concerns");
        onlyToMembersSince(before);
    }

    @ParameterizedTest
    @MethodSource("forgeries")
    void whoIsNewIsToldAndIsInNoGroupUntilTheLogIsTrue(Forgery forgery) throws Exception {
        var team = new GroupName("new-" + forgery.group());
        var ours = founded(team, forgery.policy());
        var log = play.registry.groups().log(team);
        play.registry.groups().show(dave.name(), team, forgery.makes().apply(log));
        int before = play.registry.deposits().size();
        ours.invites(dave);
        var his = new Member(dave, team);
        var told = his.awaitTrouble(GroupMail.Kind.INVENTED);
        assertThat(told.from()).isEqualTo(Optional.of(alice.name()));
        assertThat(told.why()).contains("no history of a group");
        assertThat(his.cannotSend("is anybody there?")).contains("You are not in");
        play.registry.groups().tellTheTruth();
        play.registry.hangUp();
        his.awaitChange(GroupMail.Change.ADDED, dave);
        his.sends("now I am", alice);
        onlyToMembersSince(before);
    }

    @Test
    void whoJoinsByAForgedLogIsToldThatItIsNone() throws Exception {
        var team = new GroupName("open-house");
        founded(team, Policy.OPEN);
        var log = play.registry.groups().log(team);
        play.registry.groups().show(dave.name(), team, with(log, ghost.writes(ghost.isAdded(), log)));
        assertThat(new Member(dave, team).cannotJoin()).contains("is no group");
    }

    private static Member founded(GroupName team, Policy policy) throws Exception {
        var ours = new Member(alice, team);
        ours.creates(policy);
        ours.invites(bob);
        new Member(bob, team).awaitChange(GroupMail.Change.ADDED, bob);
        ours.invites(eve);
        return ours;
    }

    private static void onlyToMembersSince(int before) {
        var deposits = play.registry.deposits();
        assertThat(deposits.subList(before, deposits.size()))
                .extracting(PlayedRegistry.Deposited::to)
                .isNotEmpty()
                .isSubsetOf(alice.name(), bob.name(), dave.name(), eve.name());
        assertThat(play.registry.asked())
                .noneMatch(asked ->
                        asked instanceof Request.ChainOf chain && chain.name().equals(ghost.name()))
                .noneMatch(asked ->
                        asked instanceof Request.PrekeysOf keys && keys.name().equals(ghost.name()));
    }

    private static List<GroupEntry> with(GroupLog log, GroupEntry more) {
        return with(log, log.size(), more);
    }

    private static List<GroupEntry> with(GroupLog log, int at, GroupEntry more) {
        var entries = new ArrayList<>(log.entries());
        entries.remove(more);
        entries.add(at, more);
        return entries;
    }

    private static EntryDraft joining(EntryDraft instead) {
        return new EntryDraft(instead.sequence(), instead.previous(), 0, ghost.name(), ghost.key(), new Deed.Join());
    }
}
