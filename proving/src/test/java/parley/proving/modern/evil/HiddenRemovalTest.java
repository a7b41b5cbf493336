package parley.proving.modern.evil;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import parley.messages.group.Deed;
import parley.messages.group.Policy;
import parley.messages.identity.Statement;
import parley.messages.name.GroupName;
import parley.messages.name.UserName;
import parley.peer.talk.GroupMail;
import parley.peer.talk.Mail;

/** The registry hides from Bob that Carol was removed, or from all who Bob is; Eve, an admin, is in league with it. */
class HiddenRemovalTest extends Conspiracy {
    static Forger carol;

    @BeforeAll
    static void begin() throws Exception {
        carol = play.ghost("carol");
    }

    @Test
    void whoIsShownTheOldLogIsToldWritesNothingAndGoesOnWhenItIsShown() throws Exception {
        var team = new GroupName("hidden");
        var ours = new Member(alice, team);
        var his = new Member(bob, team);
        founded(ours, his);
        his.sends("hello carol", alice);
        assertThat(play.sealedFor(bob.name(), 0)).contains(carol.name());

        play.registry
                .groups()
                .show(bob.name(), team, play.registry.groups().log(team).entries());
        ours.removes(carol.name());
        var told = his.awaitTrouble(GroupMail.Kind.HIDDEN);
        assertThat(told.from()).isEqualTo(Optional.of(alice.name()));
        assertThat(told.why()).contains("shows you less of this group than alice knows", "What alice wrote waits");
        ours.sends("carol is gone", bob);
        int before = play.registry.deposits().size();
        assertThat(his.cannotSend("hello again")).contains("less of hidden than alice", "whoever was removed");
        assertThat(his.texts(alice)).isEmpty();

        play.registry.groups().tellTheTruth();
        play.registry.hangUp();
        his.awaitChange(GroupMail.Change.REMOVED, carol.name());
        his.awaitTexts(alice, "carol is gone");
        his.sends("hello without carol", alice);
        assertThat(play.sealedFor(bob.name(), before)).doesNotContain(carol.name());
    }

    /** It need not show an old log: it can also have no time for ever. */
    @Test
    void whoIsShownNoLogIsToldAsWell() throws Exception {
        var team = new GroupName("no-time");
        var ours = new Member(alice, team);
        var his = new Member(bob, team);
        founded(ours, his);
        play.registry.groups().hasNoTimeFor(bob.name());
        ours.removes(carol.name());
        assertThat(his.awaitTrouble(GroupMail.Kind.HIDDEN).from()).isEqualTo(Optional.of(alice.name()));
        int before = play.registry.deposits().size();
        assertThat(his.cannotSend("hello carol")).contains("whoever was removed");
        assertThat(play.sealedFor(bob.name(), before)).doesNotContain(carol.name());
    }

    /** An admin may hold Bob under a key of her choice; nobody who knows Bob seals anything for that key. */
    @Test
    void whoIsAddedUnderAnotherKeyThanHisGetsNothingUnderIt() throws Exception {
        var team = new GroupName("replaced");
        var ours = new Member(alice, team);
        founded(ours, new Member(bob, team));
        ours.invites(eve);
        ours.makesAdmin(eve);
        var impostor = new Forger(bob.name(), play.impostor(bob.name()));
        var log = eves.does(
                new Deed.Add(bob.name(), impostor.key()), play.registry.groups().log(team));
        play.registry.groups().put(log);
        play.registry.hangUp();
        ours.awaitChange(GroupMail.Change.ADDED, bob.name());

        int before = play.registry.deposits().size();
        assertThat(ours.sends("for bob's eyes")).isEqualTo(3);
        awaitNotSent(team, "bob has another identity than the member of the group");
        play.registry.lie(new ByMailbox() {
            @Override
            public List<Statement> chain(UserName of, UserName asker, List<Statement> truth) {
                return of.equals(bob.name()) && asker.equals(alice.name())
                        ? impostor.keys().chain().statements()
                        : truth;
            }
        });
        play.registry.announce(bob.name());
        alice.heard()
                .await(
                        "the other identity",
                        0,
                        shown -> shown.equals(new Mail.IdentityChanged(bob.name(), Mail.Change.UNSIGNED)));
        assertThat(ours.sends("and again")).isEqualTo(3);
        awaitNotSent(team, "which the one before did not sign");
        assertThat(play.sealedFor(alice.name(), before)).doesNotContain(bob.name());
    }

    private static void founded(Member ours, Member his) throws Exception {
        ours.creates(Policy.INVITE);
        ours.invites(bob);
        his.awaitChange(GroupMail.Change.ADDED, bob);
        ours.invites(carol.name());
        his.awaitChange(GroupMail.Change.ADDED, carol.name());
    }

    private static void awaitNotSent(GroupName team, String why) throws InterruptedException {
        alice.heard()
                .await(
                        "that nothing goes to bob",
                        0,
                        shown -> shown instanceof Mail.NotSent gaveUp
                                && gaveUp.group().equals(Optional.of(team))
                                && gaveUp.to().equals(bob.name())
                                && gaveUp.why().contains(why));
    }
}
