package parley.peer.group;

import static org.assertj.core.api.Assertions.assertThat;
import static parley.peer.group.Person.NOW;
import static parley.peer.group.Person.shown;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import parley.messages.group.Deed;
import parley.messages.group.GroupLog;
import parley.messages.group.Policy;
import parley.messages.wire.Place;
import parley.peer.contact.Inbox;
import parley.peer.talk.GroupMail;
import parley.peer.talk.GroupMail.Kind;
import parley.peer.talk.Mail;

/** docs/PROTOCOL.md §12.5, step by step. */
class HearingTest {
    private final Person alice = new Person("alice", 1);
    private final Person bob = new Person("bob", 2);
    private final Person carol = new Person("carol", 3);
    private final GroupLog two = alice.adds(bob, alice.founds(Policy.INVITE));
    private final Circle alices = Circle.begin(two, alice.now()).next();

    @Test
    void aMembersTextIsShownAndLeavesTheInboxInTheSameCommit() {
        var hello = bob.says("hello", two);
        var step = alices.came(hello, alice.now());
        assertThat(shown(step)).containsExactly("hello");
        assertThat(step.changes())
                .contains(Inbox.GROUPS.taken(bob.name, hello.content().id()));
        assertThat(step.effects()).containsExactly(new GroupEffect.TextCame());
    }

    @Test
    void aMembersFileStaysInTheInboxUntilItIsTaken() {
        var plan = bob.offers(two);
        var step = alices.came(plan, alice.now());
        assertThat(step.effects()).containsExactly(new GroupEffect.FileCame(Person.TEAM, plan));
        assertThat(step.changes()).isEmpty();
    }

    @Test
    void aFileIsJudgedAsATextIs() {
        assertThat(kinds(alices.came(carol.offers(two), alice.now()))).containsExactly(Kind.NOT_A_MEMBER);
        var three = alice.adds(carol, two);
        var early = Circle.begin(two, bob.now()).next().came(carol.offers(three), bob.now());
        assertThat(early.effects()).isEmpty();
        assertThat(early.next().grown(three, bob.now()).effects())
                .anySatisfy(effect -> assertThat(effect).isInstanceOf(GroupEffect.FileCame.class));
    }

    @Test
    void whatNamesAnEntryBeyondOursWaitsUntilTheLogIsThere() {
        var three = alice.adds(carol, two);
        var circle = Circle.begin(two, bob.now()).next();
        var early = circle.came(carol.says("I am in", three), bob.now());
        assertThat(early.changes()).isEmpty();
        assertThat(early.next().wantsMore()).isTrue();
        var grown = early.next().grown(three, bob.now());
        assertThat(shown(grown)).containsExactly("I am in");
        assertThat(grown.next().wantsMore()).isFalse();
    }

    @Test
    void thatTheRegistryShowsLessIsToldOnce() {
        var three = bob.does(new Deed.Leave(), two);
        var waits = alices.came(bob.says("bye", three), alice.now()).next();
        var told = waits.complete(alice.now());
        assertThat(kinds(told)).containsExactly(Kind.HIDDEN);
        assertThat(kinds(told.next().complete(alice.now()))).isEmpty();
    }

    @Test
    void whoWasShownAnotherLogIsNotShownAndBothHashesAreTold() {
        var other = alice.adds(bob, alice.founds(Policy.INVITE));
        var place = new Place(Person.TEAM, two.id(), other.sequence(), other.head());
        var step = alices.came(bob.says("lies", place, 1), alice.now());
        assertThat(shown(step)).isEmpty();
        assertThat(kinds(step)).containsExactly(Kind.DIFFERENT);
    }

    @Test
    void newsOfAnotherLogAreToldToo() {
        var other = alice.adds(bob, alice.founds(Policy.INVITE));
        var step = alices.came(bob.news(other), alice.now());
        assertThat(kinds(step)).containsExactly(Kind.DIFFERENT);
    }

    @Test
    void whoIsNoMemberIsNotShown() {
        var step = alices.came(carol.says("let me in", two), alice.now());
        assertThat(shown(step)).isEmpty();
        assertThat(kinds(step)).containsExactly(Kind.NOT_A_MEMBER);
        assertThat(step.changes()).hasSize(1);
    }

    @Test
    void aMemberUnderAnotherIdentityIsNone() {
        var twin = new Person("bob", 4);
        assertThat(shown(alices.came(twin.says("it is me", two), alice.now()))).isEmpty();
    }

    @Test
    void whoCameLaterWasNoMemberBefore() {
        var three = alice.adds(carol, two);
        var circle = alices.grown(three, alice.now()).next();
        assertThat(shown(circle.came(carol.says("before", two), alice.now()))).isEmpty();
        assertThat(shown(circle.came(carol.says("after", three), alice.now()))).containsExactly("after");
    }

    @Test
    void whatWasOnItsWayWhenHeWasRemovedIsShownForTenMinutes() {
        var gone = alice.does(new Deed.Remove(bob.name), two);
        var circle = alices.grown(gone, alice.now()).next();
        long late = NOW + Duration.ofMinutes(10).toMillis();
        assertThat(shown(circle.came(bob.says("wait", two), alice.at(late)))).containsExactly("wait");
        assertThat(shown(circle.came(bob.says("wait", two), alice.at(late + 1))))
                .isEmpty();
    }

    @Test
    void whatIsMissingIsAGapFromTheFirstTextOn() {
        var place = Person.place(two);
        var first = alices.came(bob.says("five", place, 5), alice.now());
        assertThat(mail(first)).isEmpty();
        var second = first.next().came(bob.says("eight", place, 8), alice.now());
        assertThat(mail(second)).containsExactly(new Mail.Missing(java.util.Optional.of(Person.TEAM), bob.name, 2));
        var third = second.next().came(bob.says("six", place, 6), alice.now());
        assertThat(mail(third)).containsExactly(new Mail.MissingCame(java.util.Optional.of(Person.TEAM), bob.name));
    }

    @Test
    void whoIsTakenInAgainHasMissedNothingOfBetween() {
        var bobs = Circle.begin(two, bob.now()).next();
        var before =
                bobs.came(alice.says("one", Person.place(two), 1), bob.now()).next();
        var again = alice.adds(bob, alice.does(new Deed.Remove(bob.name), two));
        var back = before.grown(again, bob.now()).next();
        var fourth = back.came(alice.says("four", Person.place(again), 4), bob.now());
        assertThat(shown(fourth)).containsExactly("four");
        assertThat(mail(fourth)).isEmpty();
        var sixth = fourth.next().came(alice.says("six", Person.place(again), 6), bob.now());
        assertThat(mail(sixth)).containsExactly(new Mail.Missing(java.util.Optional.of(Person.TEAM), alice.name, 1));
    }

    @Test
    void whatIsReadIsSaidToItsWriter() {
        var circle = alices.came(bob.says("hello", two), alice.now()).next();
        var step = circle.read(alice.now());
        assertThat(step.effects())
                .hasSize(1)
                .allMatch(effect -> effect instanceof GroupEffect.ToContact to
                        && to.contact().equals(bob.name));
        assertThat(step.next().unread()).isEmpty();
    }

    @Test
    void nothingIsSaidOfReadingInALargeGroup() {
        var log = two;
        for (int i = 0; i < 31; i++) log = alice.adds(new Person("m" + i, 100 + i), log);
        var circle = alices.grown(log, alice.now()).next();
        var step = circle.came(bob.says("hello", log), alice.now()).next().read(alice.now());
        assertThat(step.effects()).isEmpty();
    }

    @Test
    void onlyWhatOthersDoIsToldAndOnlyWhatWeDoIsSaid() {
        var three = alice.adds(carol, two);
        assertThat(alices.taken(three, alice.now()).letters())
                .extracting(Letter::to)
                .containsExactly(bob.name, carol.name);
        assertThat(mail(alices.taken(three, alice.now()))).isEmpty();
        var bobs = Circle.begin(two, bob.now()).next().grown(three, bob.now());
        assertThat(bobs.letters()).isEmpty();
        assertThat(mail(bobs))
                .containsExactly(new GroupMail.Changed(Person.TEAM, GroupMail.Change.ADDED, carol.name, alice.name));
    }

    /** Its command has ended without knowing. */
    @Test
    void whatWeDidAndNobodyAnsweredIsTold() {
        var told = new GroupMail.Changed(Person.TEAM, GroupMail.Change.ADDED, carol.name, alice.name);
        var three = alice.adds(carol, two);
        assertThat(mail(alices.grown(three, alice.now()))).containsExactly(told);
        var four = alice.does(new Deed.Remove(carol.name), three);
        assertThat(mail(alices.taken(four, alice.now()))).containsExactly(told);
    }

    @Test
    void whoIsRemovedIsToldOfIt() {
        var gone = alice.does(new Deed.Remove(bob.name), two);
        assertThat(alices.grown(gone, alice.now()).letters())
                .extracting(Letter::to)
                .containsExactly(bob.name);
    }

    private static List<Mail> mail(Step step) {
        return step.effects().stream()
                .filter(GroupEffect.Tell.class::isInstance)
                .map(effect -> ((GroupEffect.Tell) effect).mail())
                .toList();
    }

    private static List<Kind> kinds(Step step) {
        return mail(step).stream()
                .map(mail -> ((GroupMail.Trouble) mail).kind())
                .toList();
    }
}
