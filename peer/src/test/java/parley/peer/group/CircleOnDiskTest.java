package parley.peer.group;

import static org.assertj.core.api.Assertions.assertThat;
import static parley.peer.group.Person.REGISTRY;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import parley.messages.group.Deed;
import parley.messages.group.GroupLog;
import parley.messages.group.Policy;
import parley.messages.wire.MessageId;
import parley.peer.contact.InboxOf;
import parley.peer.store.Disk;

/** What a crash leaves after each commit is what memory was. */
class CircleOnDiskTest {
    private final Person alice = new Person("alice", 1);
    private final Person bob = new Person("bob", 2);
    private final Person carol = new Person("carol", 3);
    private final GroupLog two = alice.adds(bob, alice.founds(Policy.INVITE));
    private final Disk disk = Disk.inMemory();

    @Test
    void eachStepIsReadAsItWasTaken() {
        var circle = committed(Circle.begin(two, alice.now()));
        circle = committed(circle.came(bob.says("hello", Person.place(two), 5), alice.now()));
        circle = committed(circle.came(bob.says("there", Person.place(two), 9), alice.now()));
        circle = committed(wrote(circle, "hello bob").step());
        circle = committed(circle.grown(alice.adds(carol, two), alice.now()));
        circle = committed(wrote(circle, "hello carol").step());
        circle = committed(circle.read(alice.now()));
        assertThat(circle.written().next()).isEqualTo(3);
    }

    @Test
    void aTextIsInTheHistoryAndInTheOutboxForEachMemberOrNotAtAll() {
        var circle = committed(Circle.begin(alice.adds(carol, two), alice.now()));
        posted();
        var took = wrote(circle, "hello");
        assertThat(took.members()).isEqualTo(2);
        committed(took.step());
        assertThat(stored().letters()).extracting(Letter::to).containsExactlyInAnyOrder(bob.name, carol.name);
        assertThat(disk.history())
                .hasSize(1)
                .allMatch(
                        line -> line.inGroup().filter(reach -> reach.of() == 2).isPresent());
    }

    @Test
    void whatNoCipherHasTakenIsThereAfterACrashAndWhatOneHasIsNot() {
        var circle = committed(Circle.begin(alice.adds(carol, two), alice.now()));
        posted();
        committed(wrote(circle, "hello").step());
        var toBob = stored().letters().stream()
                .filter(letter -> letter.to().equals(bob.name))
                .toList();
        // As bob's cipher does, with what it stores of its own.
        disk.commit(List.of(List.of(LetterRows.posted(toBob.getFirst()))));
        disk.reopen();
        assertThat(stored().letters()).extracting(Letter::to).containsExactly(carol.name);
    }

    @Test
    void whatWasOnItsWayIsShownForTenMinutesAlsoAfterARestart() {
        var circle = committed(Circle.begin(two, alice.now()));
        committed(circle.grown(alice.does(new Deed.Remove(bob.name), two), alice.now()));
        long later = Person.NOW + Duration.ofMinutes(9).toMillis();
        var read = stored().verified(REGISTRY, later);
        assertThat(Person.shown(read.came(bob.says("wait", two), alice.at(later))))
                .containsExactly("wait");
    }

    @Test
    void whatWaitsIsInTheInboxAfterACrash() {
        var circle = committed(Circle.begin(two, alice.now()));
        var early = bob.says("early", bob.does(new Deed.Leave(), two));
        disk.commit(List.of(List.of(InboxOf.put(1, early))));
        committed(circle.came(early, alice.now()));
        assertThat(stored().inbox()).containsExactly(early);
    }

    /** The registry took it, and we crashed before we knew. */
    @Test
    void anEntryOfOursThatComesBackFromTheRegistryIsSaidToWhomItConcerns() {
        var circle = committed(Circle.begin(two, alice.now()));
        posted();
        committed(circle.grown(alice.adds(carol, two), alice.now()));
        assertThat(stored().letters()).extracting(Letter::to).containsExactlyInAnyOrder(bob.name, carol.name);
    }

    private Speaking.Took wrote(Circle circle, String text) {
        return (Speaking.Took) circle.wrote(text, MessageId.random(alice.random), alice.now());
    }

    private void posted() {
        for (var letter : stored().letters()) disk.commit(List.of(List.of(LetterRows.posted(letter))));
    }

    private StoredCircle stored() {
        return StoredCircle.read(two.id(), disk.tables()).orElseThrow();
    }

    private Circle committed(Step step) {
        disk.commit(List.of(step.changes()));
        disk.reopen();
        var read = stored().verified(REGISTRY, Person.NOW);
        var next = step.next();
        assertThat(read.log()).isEqualTo(next.log());
        assertThat(read.since()).isEqualTo(next.since());
        assertThat(read.written()).isEqualTo(next.written());
        assertThat(read.writers()).isEqualTo(next.writers());
        assertThat(read.unread()).isEqualTo(next.unread());
        return next;
    }
}
