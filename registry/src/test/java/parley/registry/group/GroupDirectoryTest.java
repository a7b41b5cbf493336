package parley.registry.group;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.persistence.testkit.javadsl.PersistenceTestKit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import parley.messages.name.GroupName;
import parley.registry.InMemory;
import parley.registry.journal.Retention;

class GroupDirectoryTest {
    static final ActorTestKit kit = ActorTestKit.create(InMemory.config());
    static final PersistenceTestKit journal = PersistenceTestKit.create(kit.system());

    private final String id = UUID.randomUUID().toString();
    private ActorRef<GroupDirectory.Command> slice = started();

    @AfterAll
    static void close() {
        kit.shutdownTestKit();
    }

    @Test
    void groupsAreListedInTheOrderOfTheirNames() {
        announce("team", 1, 1);
        announce("lab", 3, 3);
        assertThat(first(1_024)).containsExactly(size("lab", 3), size("team", 1));
    }

    @Test
    void aNewerCountReplacesAnOlderOneAndNotTheOtherWayRound() {
        announce("team", 3, 3);
        announce("team", 2, 2);
        assertThat(first(1_024)).containsExactly(size("team", 3));
        announce("team", 4, 4);
        assertThat(first(1_024)).containsExactly(size("team", 4));
    }

    @Test
    void whatIsKnownIsAnsweredButNotWrittenAgain() {
        for (int i = 0; i < 5; i++) announce("team", 1, 1);
        assertThat(journal.persistedInStorage("directory|" + id)).hasSize(1);
    }

    @Test
    void noMoreGroupsAreToldThanCouldFit() {
        for (int i = 0; i < 100; i++) announce("group%02d".formatted(i), 10, 1);
        // group00:10,group01:10, ... at eleven bytes each: five and the one that sticks out
        assertThat(first(56)).hasSize(6).first().isEqualTo(size("group00", 10));
        assertThat(first(0)).isEmpty();
    }

    @Test
    void theListGoesOnBehindAName() {
        for (var group : List.of("lab", "team", "pub", "team2")) announce(group, 2, 1);
        assertThat(behind(Optional.empty(), 2)).containsExactly(size("lab", 2), size("pub", 2));
        assertThat(behind(Optional.of("pub"), 2)).containsExactly(size("team", 2), size("team2", 2));
        assertThat(behind(Optional.of("q"), 1)).containsExactly(size("team", 2));
        assertThat(behind(Optional.of("team2"), 2)).isEmpty();
    }

    @Test
    void aGroupOfNobodyIsHiddenAndOneThatWasNeverShownIsNotWritten() {
        announce("secret", 0, 7);
        assertThat(journal.persistedInStorage("directory|" + id)).isEmpty();
        announce("team", 2, 2);
        announce("team", 0, 3);
        announce("team", 2, 2);
        assertThat(behind(Optional.empty(), 10)).isEmpty();
        assertThat(first(1_024)).isEmpty();
        announce("team", 1, 4);
        assertThat(behind(Optional.empty(), 10)).containsExactly(size("team", 1));
    }

    /** With a snapshot every second event, so that both ways of remembering are tried. */
    @Test
    void theListOutlivesTheActor() {
        announce("team", 1, 1);
        announce("lab", 3, 3);
        announce("team", 2, 2);
        kit.stop(slice);
        slice = started();
        assertThat(first(1_024)).containsExactly(size("lab", 3), size("team", 2));
        announce("team", 1, 1);
        assertThat(first(1_024)).as("revisions too").contains(size("team", 2));
    }

    @Test
    void nothingIsAnsweredBeforeItIsOnDisk() {
        journal.failNextPersisted("directory|" + id);
        var answer = kit.<GroupDirectory.Announced>createTestProbe();
        slice.tell(new GroupDirectory.Announce(new GroupName("team"), 1, 1, answer.ref()));
        answer.expectTerminated(slice);
        answer.expectNoMessage(Duration.ZERO);
    }

    private void announce(String group, int members, long revision) {
        var answer = kit.<GroupDirectory.Announced>createTestProbe();
        slice.tell(new GroupDirectory.Announce(new GroupName(group), members, revision, answer.ref()));
        answer.receiveMessage();
    }

    private List<GroupDirectory.Size> first(int bytesMax) {
        var answer = kit.<GroupDirectory.Sizes>createTestProbe();
        slice.tell(new GroupDirectory.First(bytesMax, answer.ref()));
        return answer.receiveMessage().sizes();
    }

    private List<GroupDirectory.Size> behind(Optional<String> after, int countMax) {
        var answer = kit.<GroupDirectory.Sizes>createTestProbe();
        slice.tell(new GroupDirectory.Behind(after.map(GroupName::new), countMax, answer.ref()));
        return answer.receiveMessage().sizes();
    }

    private static GroupDirectory.Size size(String group, int members) {
        return new GroupDirectory.Size(new GroupName(group), members);
    }

    private ActorRef<GroupDirectory.Command> started() {
        return kit.spawn(GroupDirectory.create(id, new Retention(2, 2)));
    }
}
