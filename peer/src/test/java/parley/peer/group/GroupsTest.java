package parley.peer.group;

import static org.assertj.core.api.Assertions.assertThat;

import com.typesafe.config.ConfigFactory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.testkit.typed.javadsl.TestProbe;
import org.apache.pekko.util.ByteString;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import parley.messages.group.Deed;
import parley.messages.group.GroupMember;
import parley.messages.group.Policy;
import parley.messages.name.GroupName;
import parley.messages.name.UserName;
import parley.messages.wire.MessageId;
import parley.peer.group.GroupCommand.Altered;
import parley.peer.group.GroupCommand.NotAltered;
import parley.peer.group.GroupCommand.NotWritten;
import parley.peer.group.GroupCommand.Wrote;
import parley.peer.store.Change;
import parley.peer.talk.GroupMail;

/** Several devices and a played registry; vaults are real. */
class GroupsTest {
    private static final MessageId FILE = MessageId.random(new SecureRandom());

    @TempDir
    private Path folder;

    private final ActorTestKit kit = ActorTestKit.create(ConfigFactory.load());
    private final TestProbe<Object> clock = kit.createTestProbe();
    private final PlayedDesk desk = new PlayedDesk();
    private final Map<UserName, Seat> town = Seat.town();

    @AfterEach
    void stop() {
        kit.shutdownTestKit();
    }

    @Test
    void whoIsInvitedLearnsOfItAndReadsWhatIsWritten() throws IOException {
        var alice = seat("alice", 1);
        var bob = seat("bob", 2);
        assertThat(alice.founds(Policy.INVITE)).isInstanceOf(Altered.class);
        assertThat(alice.does(add(bob))).isInstanceOf(Altered.class);
        assertThat(alice.writes("hello bob")).isInstanceOf(Wrote.class);
        await(() -> assertThat(bob.texts()).containsExactly("hello bob"));
        bob.mail.expectMessage(new GroupMail.Changed(
                Person.TEAM,
                GroupMail.Change.ADDED,
                bob.person.name,
                alice.person.name,
                java.util.Optional.of(Policy.INVITE)));
        assertThat(bob.writes("hello alice")).isEqualTo(new Wrote(written(bob, "hello alice"), 1));
        await(() -> assertThat(alice.texts()).containsExactly("hello bob", "hello alice"));
    }

    @Test
    void aFileIsOfferedToEachMemberAndAgainAfterAStartUntilItIsTaken() throws IOException {
        var alice = seat("alice", 1);
        var bob = seat("bob", 2);
        alice.founds(Policy.INVITE);
        alice.does(add(bob));
        var offered = alice.offers(FILE, members -> List.of(alongWith(members)));
        assertThat(offered)
                .isInstanceOfSatisfying(
                        GroupCommand.FileWritten.class,
                        written -> assertThat(written.members())
                                .extracting(GroupMember::name)
                                .containsExactly(bob.person.name));
        await(() -> assertThat(alice.stored("along", FILE.bytes())).contains(ByteString.fromString("1")));
        var came = bob.files.expectMessageClass(GroupEffect.FileCame.class);
        assertThat(came.what().content().id()).isEqualTo(FILE);
        bob.restart();
        bob.files.expectMessage(came);
    }

    private static Change alongWith(List<GroupMember> members) {
        var value = ByteString.fromString(String.valueOf(members.size()));
        return new Change.Put("along", FILE.bytes(), () -> value);
    }

    @Test
    void whoJoinsAnOpenGroupIsInIt() throws IOException {
        var alice = seat("alice", 1);
        var bob = seat("bob", 2);
        alice.founds(Policy.OPEN);
        assertThat(bob.does(new Deed.Join())).isInstanceOf(Altered.class);
        assertThat(bob.writes("I am here")).isInstanceOf(Wrote.class);
        await(() -> assertThat(alice.texts()).containsExactly("I am here"));
    }

    @Test
    void whoJoinsWhatIsNotThereMakesNothing() throws IOException {
        var bob = seat("bob", 2);
        assertThat(bob.does(new Deed.Join())).isInstanceOf(NotAltered.class);
        assertThat(desk.isEmpty()).isTrue();
        assertThat(bob.writes("hello")).isInstanceOf(NotWritten.class);
    }

    /** Names that nobody has named are not looked for again, so that they leave room for those that somebody does. */
    @Test
    void whoWantedToJoinWhatIsNotThereHearsOfItLater() throws IOException {
        var alice = seat("alice", 1);
        var bob = seat("bob", 2);
        for (int i = 0; i < Groups.DISCOVERIES_MAX; i++)
            assertThat(bob.does(new GroupName("nothing" + i), new Deed.Join())).isInstanceOf(NotAltered.class);
        alice.founds(Policy.INVITE);
        alice.does(add(bob));
        await(() -> assertThat(bob.views()).hasSize(1));
    }

    @Test
    void aRaceThatIsLostIsThoughtThroughAgain() throws IOException {
        var alice = seat("alice", 1);
        var bob = seat("bob", 2);
        var carol = seat("carol", 3);
        alice.founds(Policy.MEMBERS);
        alice.does(add(bob));
        await(() -> assertThat(bob.views()).hasSize(1));
        overtakeOnce(alice.person, new Deed.Become(Policy.INVITE));
        var answer = alice.does(add(carol));
        assertThat(answer).isInstanceOf(Altered.class);
        assertThat(desk.log().size()).isEqualTo(4);
        overtakeOnce(alice.person, new Deed.Remove(bob.person.name));
        assertThat(bob.does(add(carol))).isInstanceOf(NotAltered.class);
    }

    @Test
    void aChangeThatSomebodyElseHasMadeMeanwhileIsNotWrittenTwice() throws IOException {
        var alice = seat("alice", 1);
        var bob = seat("bob", 2);
        alice.founds(Policy.INVITE);
        overtakeOnce(alice.person, add(bob));
        assertThat(alice.does(add(bob))).isInstanceOf(NotAltered.class);
        assertThat(desk.log().size()).isEqualTo(2);
    }

    @Test
    void whatTheRegistryTookUnseenIsFoundAndSaidAtTheNextSignIn() throws IOException {
        var alice = seat("alice", 1);
        var bob = seat("bob", 2);
        alice.founds(Policy.INVITE);
        desk.answersLost.set(1);
        assertThat(alice.does(add(bob))).isInstanceOf(NotAltered.class);
        alice.restart();
        await(() -> assertThat(bob.views()).hasSize(1));
    }

    @Test
    void aGroupWhoseAnswerWasLostIsOursWhenItIsMadeAgain() throws IOException {
        var alice = seat("alice", 1);
        desk.answersLost.set(1);
        assertThat(alice.founds(Policy.OPEN)).isInstanceOf(NotAltered.class);
        assertThat(alice.founds(Policy.OPEN)).isInstanceOf(Altered.class);
        assertThat(seat("bob", 2).founds(Policy.OPEN)).isInstanceOf(NotAltered.class);
    }

    @Test
    void whatNoCipherHasTakenGoesOutAfterARestartAndTheRestDoesNot() throws IOException {
        var alice = seat("alice", 1);
        var bob = seat("bob", 2);
        var carol = seat("carol", 3);
        alice.founds(Policy.INVITE);
        alice.does(add(bob));
        alice.does(add(carol));
        alice.silent.add(carol.person.name);
        alice.writes("hello");
        await(() -> assertThat(bob.texts()).containsExactly("hello"));
        alice.silent.clear();
        alice.restart();
        await(() -> assertThat(carol.texts()).containsExactly("hello"));
        assertThat(bob.texts()).containsExactly("hello");
        assertThat(alice.texts()).containsExactly("hello");
    }

    @Test
    void whatIsHiddenWaitsOverARestartAndIsShownWhenTheRegistryShowsTheLog() throws IOException {
        var alice = seat("alice", 1);
        var bob = seat("bob", 2);
        alice.founds(Policy.INVITE);
        alice.does(add(bob));
        await(() -> assertThat(bob.views()).hasSize(1));
        var all = alice.person.adds(new Person("carol", 3), desk.log());
        bob.hears(alice.person.says("with carol", all));
        await(() -> assertThat(bob.mail.receiveMessage())
                .isEqualTo(GroupMail.Trouble.hidden(Person.TEAM, alice.person.name)));
        assertThat(bob.texts()).isEmpty();
        bob.restart();
        desk.put(all);
        bob.groups.tell(new Groups.SignedIn());
        await(() -> assertThat(bob.texts()).containsExactly("with carol"));
    }

    @Test
    void whoseComingInIsHiddenHearsOfItAndLosesNothing() throws IOException {
        var alice = seat("alice", 1);
        var bob = seat("bob", 2);
        alice.founds(Policy.OPEN);
        var all = alice.person.adds(bob.person, desk.log());
        bob.hears(alice.person.says("welcome", all));
        await(() -> assertThat(bob.mail.receiveMessage())
                .isEqualTo(GroupMail.Trouble.hidden(Person.TEAM, alice.person.name)));
        desk.put(all);
        bob.groups.tell(new Groups.SignedIn());
        await(() -> assertThat(bob.texts()).containsExactly("welcome"));
    }

    /** A pause is for a registry that hides something, not for one that has just answered. */
    @Test
    void oneChangeRightAfterAnotherIsLookedForAtOnce() throws IOException {
        var alice = seat("alice", 1);
        var bob = seat("bob", 2);
        alice.founds(Policy.INVITE);
        alice.does(add(bob));
        await(() -> assertThat(bob.views()).hasSize(1));
        for (var policy : new Policy[] {Policy.MEMBERS, Policy.OPEN, Policy.CLOSED}) {
            alice.does(new Deed.Become(policy));
            clock.awaitAssert(Duration.ofSeconds(3), () -> {
                assertThat(bob.views().getFirst().log().policy()).isEqualTo(policy);
                return true;
            });
        }
    }

    /** It may have been answered before that was written. */
    @Test
    void whatComesWhileTheLogIsOnItsWayIsLookedForAgainBeforeTheRegistryIsBlamed() throws IOException {
        var alice = seat("alice", 1);
        var bob = seat("bob", 2);
        alice.founds(Policy.INVITE);
        alice.does(add(bob));
        await(() -> assertThat(bob.views()).hasSize(1));
        bob.mail.expectMessageClass(GroupMail.Changed.class);
        var way = desk.holdNextLog();
        bob.groups.tell(new Groups.SignedIn());
        way.answered().join();
        var longer = alice.person.does(new Deed.Become(Policy.OPEN), desk.log());
        desk.put(longer);
        bob.groups.tell(new Groups.Came(alice.person.news(longer)));
        bob.reads();
        way.arrives().complete(null);
        assertThat(bob.mail.expectMessageClass(GroupMail.Changed.class).change())
                .isEqualTo(GroupMail.Change.POLICY);
    }

    @Test
    void whatIsSaidAndReadFromTheInboxAsWellIsShownOnce() throws IOException {
        var alice = seat("alice", 1);
        var bob = seat("bob", 2);
        alice.founds(Policy.INVITE);
        alice.does(add(bob));
        await(() -> assertThat(bob.views()).hasSize(1));
        var first = alice.person.says("first", desk.log());
        bob.restartWith(first);
        bob.hears(alice.person.says("second", desk.log()));
        await(() -> assertThat(bob.texts()).contains("second"));
        assertThat(bob.texts()).containsExactly("first", "second");
    }

    @Test
    void whatTheDiskDoesNotTakeIsNotSaidAndNotInTheHistory() throws IOException {
        var alice = seat("alice", 1);
        var bob = seat("bob", 2);
        alice.founds(Policy.INVITE);
        alice.does(add(bob));
        await(() -> assertThat(bob.views()).hasSize(1));
        alice.full.set(true);
        assertThat(alice.writes("lost")).isEqualTo(new NotWritten("The disk is full"));
        alice.full.set(false);
        await(() -> assertThat(alice.writes("kept")).isInstanceOf(Wrote.class));
        await(() -> assertThat(bob.texts()).containsExactly("kept"));
        assertThat(alice.texts()).containsExactly("kept");
    }

    @Test
    void whatTheRegistryTookAndTheDiskDidNotIsFetchedAndSaidToWhomItConcerns() throws IOException {
        var alice = seat("alice", 1);
        var bob = seat("bob", 2);
        alice.founds(Policy.INVITE);
        alice.full.set(true);
        assertThat(alice.does(add(bob))).isEqualTo(new NotAltered("The disk is full"));
        alice.full.set(false);
        await(() -> assertThat(bob.views()).hasSize(1));
        assertThat(alice.views().getFirst().log()).isEqualTo(desk.log());
    }

    @Test
    void aGroupThatTheDiskDidNotTakeIsOursWhenItIsMadeAgain() throws IOException {
        var alice = seat("alice", 1);
        alice.full.set(true);
        assertThat(alice.founds(Policy.OPEN)).isEqualTo(new NotAltered("The disk is full"));
        assertThat(alice.views()).isEmpty();
        alice.full.set(false);
        assertThat(alice.founds(Policy.OPEN)).isInstanceOf(Altered.class);
        assertThat(alice.writes("here")).isInstanceOf(Wrote.class);
    }

    /** It came while the group was still being read: what had come before goes first. */
    @Test
    void whatWaitedIsShownBeforeWhatCameSince() throws IOException {
        var alice = seat("alice", 1);
        var bob = seat("bob", 2);
        alice.founds(Policy.INVITE);
        alice.does(add(bob));
        await(() -> assertThat(bob.views()).hasSize(1));
        var first = alice.person.says("first", desk.log());
        var second = alice.person.says("second", desk.log());
        bob.keeps(first);
        bob.restartWith(second);
        await(() -> assertThat(bob.texts()).containsExactly("first", "second"));
    }

    @Test
    void whatComesInARowIsShownInItsOrderThoughOneOfThemWaits() throws IOException {
        var alice = seat("alice", 1);
        var bob = seat("bob", 2);
        alice.founds(Policy.INVITE);
        alice.does(add(bob));
        await(() -> assertThat(bob.views()).hasSize(1));
        var log = desk.log();
        var names = List.of("a", "b", "c", "d", "e", "f");
        var row = new ArrayList<>(
                names.stream().map(text -> alice.person.says(text, log)).toList());
        row.add(1, alice.person.news(alice.person.adds(new Person("carol", 3), log)));
        row.forEach(each -> bob.groups.tell(new Groups.Came(each)));
        await(() -> assertThat(bob.texts()).hasSameSizeAs(names));
        assertThat(bob.texts()).isEqualTo(names);
    }

    @Test
    void whoLeftWritesNoMore() throws IOException {
        var alice = seat("alice", 1);
        alice.founds(Policy.OPEN);
        assertThat(alice.does(new Deed.Leave())).isInstanceOf(Altered.class);
        assertThat(alice.writes("anybody?")).isInstanceOf(NotWritten.class);
        assertThat(alice.does(new Deed.Join())).isInstanceOf(Altered.class);
        assertThat(alice.writes("again")).isInstanceOf(Wrote.class);
    }

    private void overtakeOnce(Person who, Deed deed) {
        desk.beforeAppend(() -> {
            desk.beforeAppend(() -> {});
            desk.put(who.does(deed, desk.log()));
        });
    }

    private parley.messages.wire.MessageId written(Seat seat, String text) {
        var probe = kit.createTestProbe(parley.peer.store.Store.Looked.class);
        seat.store.tell(new parley.peer.store.Store.Since(0, 100, probe.ref()));
        return ((parley.peer.store.Store.Lines) probe.receiveMessage())
                .lines().stream()
                        .map(line -> line.entry())
                        .filter(entry -> entry.text().equals(text))
                        .findFirst()
                        .orElseThrow()
                        .id();
    }

    private static Deed add(Seat who) {
        return new Deed.Add(who.person.name, who.person.identity());
    }

    private void await(Runnable what) {
        clock.awaitAssert(Duration.ofSeconds(8), () -> {
            what.run();
            return true;
        });
    }

    private Seat seat(String name, long seed) throws IOException {
        var own = Files.createDirectory(folder.resolve(name));
        Files.setPosixFilePermissions(own, PosixFilePermissions.fromString("rwx------"));
        return Seat.create(new Person(name, seed), own, desk, town, kit);
    }
}
