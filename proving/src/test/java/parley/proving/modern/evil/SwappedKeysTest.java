package parley.proving.modern.evil;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import parley.messages.directory.Reply;
import parley.messages.identity.Claim;
import parley.messages.identity.OneTimePrekeys;
import parley.messages.identity.Statement;
import parley.messages.name.UserName;
import parley.peer.cipher.identity.SafetyNumber;
import parley.peer.cipher.identity.SigningKey;
import parley.peer.command.Input;
import parley.peer.command.ModernInput;
import parley.peer.store.OwnKeys;
import parley.peer.talk.Happening;
import parley.peer.talk.Mail;
import parley.peer.talk.ModernAnswer;

/** The registry hands out keys that are not the contact's. */
class SwappedKeysTest {
    @TempDir
    Path folder;

    Play play;
    Person alice;
    Person bob;

    @BeforeEach
    void begin() throws Exception {
        play = new Play(folder);
        alice = play.newcomer("alice");
        bob = play.newcomer("bob");
    }

    @AfterEach
    void end() throws Exception {
        play.close();
    }

    @Test
    void withoutALieBothReadTheSameDigits() throws Exception {
        Play.acquaint(alice, bob);
        assertThat(alice.verify(bob)).isEqualTo(bob.verify(alice));
        alice.done(new ModernInput.Verify(bob.name(), bob.verify(alice)));
    }

    /** Nothing can protect a first contact but that both compare: the digits tell. */
    @Test
    void keysSwappedBeforeFirstContactShowInTheDigits() throws Exception {
        play.registry.lie(swapping(play.impostor(bob.name())));
        alice.awaitMoved(alice.send(bob, "for bob's eyes only"), Mail.Stage.SENT);
        bob.awaitMoved(bob.send(alice, "what do you read?"), Mail.Stage.SENT);
        var bobs = bob.verify(alice);
        assertThat(alice.verify(bob)).hasSize(60).isNotEqualTo(bobs);
        assertThat(alice.run(new ModernInput.Verify(bob.name(), bobs)))
                .isInstanceOfSatisfying(
                        Happening.Failed.class,
                        failed -> assertThat(failed.why()).contains("somebody is in between"));
        assertThat(bob.texts(alice)).isEmpty();
    }

    @Test
    void keysSwappedInMidConversationBlockSendingAndNothingLeaves() throws Exception {
        Play.acquaint(alice, bob);
        play.registry.lie(swapping(play.impostor(bob.name())));
        play.registry.announce(bob.name());
        awaitChange(alice, Mail.Change.UNSIGNED);
        int left = play.registry.seen().size();
        assertThat(alice.cannotSend(bob, "to whom?")).contains("accept bob").contains("verify bob");
        assertThat(play.registry.seen()).hasSize(left);
        assertThat(bob.texts(alice)).containsExactly("hello");

        play.registry.lie(new Lies() {});
        play.registry.announce(bob.name());
        // The chain that was seen goes on: the other one is forgotten.
        var id = sendsAgain();
        alice.awaitMoved(id, Mail.Stage.DELIVERED);
        bob.awaitTexts(alice, "hello", "again");
    }

    @Test
    void whatWaitsWhenKeysAreSwappedIsNotSealedForTheImpostor() throws Exception {
        Play.acquaint(alice, bob);
        bob.stop();
        var impostor = play.impostor(bob.name());
        play.registry.lie(swapping(impostor));
        play.registry.announce(bob.name());
        awaitChange(alice, Mail.Change.UNSIGNED);
        alice.kill();
        alice.start().signIn();
        assertThat(alice.cannotSend(bob, "after a restart, too")).contains("accept bob");
    }

    /** Between the look at one identity and its acceptance the registry hands out another. */
    @Test
    void anIdentityThatTheUserHasNotSeenIsNotAccepted() throws Exception {
        Play.acquaint(alice, bob);
        swap(play.impostor(bob.name()));
        var seen = alice.verify(bob);
        swap(play.impostor(bob.name()));
        var refused = alice.cannotAccept(bob, null);
        assertThat(alice.cannotSend(bob, "to whom?")).contains("accept bob");
        // What was refused was shown by that, and is the same that verify shows.
        assertThat(refused)
                .contains("not shown to you yet", spaced(alice.verify(bob)))
                .doesNotContain(spaced(seen));
        alice.accept(bob);
        alice.send(bob, "to whom I have seen");
    }

    @Test
    void anIdentityIsAcceptedUnseenByItsDigitsAlone() throws Exception {
        Play.acquaint(alice, bob);
        var before = alice.verify(bob);
        swap(play.impostor(bob.name()));
        assertThat(alice.cannotAccept(bob, before)).contains("not the digits of bob");
        assertThat(alice.cannotSend(bob, "to whom?")).contains("accept bob");
        var digits = alice.verify(bob);
        alice.kill();
        alice.start().signIn();
        assertThat(alice.cannotAccept(bob, null)).contains(spaced(digits));
        alice.done(new ModernInput.Accept(bob.name(), digits));
        var shown = alice.done(new ModernInput.Verify(bob.name(), null)).answer();
        assertThat(shown).isEqualTo(new ModernAnswer.Verification(bob.name(), digits, true));
    }

    private static String spaced(String digits) {
        return new SafetyNumber(digits).spaced();
    }

    /** Alice has noticed. */
    private void swap(OwnKeys impostor) throws InterruptedException {
        int before = alice.heard().count();
        play.registry.lie(swapping(impostor));
        play.registry.announce(bob.name());
        // Whose identity waits to be accepted is watched no more, but looked at again with every attempt.
        alice.run(new Input.SendText(new Input.One(bob.name()), "anybody there?"));
        alice.heard()
                .await(
                        "the other identity",
                        before,
                        shown -> shown.equals(new Mail.IdentityChanged(bob.name(), Mail.Change.UNSIGNED)));
    }

    @Test
    void aSuccessorThatTheIdentityDidNotSignIsBelievedByNobody() throws Exception {
        Play.acquaint(alice, bob);
        var eve = SigningKey.create(play.random);
        var chain = play.chainOf(bob);
        play.registry.lie(told(bob, chain.statements(), eve.succeedBy(SigningKey.create(play.random), chain, 1)));
        play.registry.announce(bob.name());
        alice.awaitNotice("chain of bob that is wrong: WRONG_SIGNATURE");
        alice.awaitMoved(alice.send(bob, "still to you"), Mail.Stage.DELIVERED);
        bob.awaitTexts(alice, "hello", "still to you");
    }

    @Test
    void aForgedStatementIsBelievedByNobodyAndSaid() throws Exception {
        var eve = SigningKey.create(play.random);
        var chain = play.chainOf(bob);
        var forged = eve.sign(chain.draft(new Claim.Tls(eve.key()), 1), play.registry.id());
        play.registry.lie(told(bob, chain.statements(), forged));
        var id = alice.send(bob, "to bob alone");
        alice.awaitNotice("chain of bob that is wrong: WRONG_SIGNATURE");
        assertThat(play.registry.seen()).isEmpty();
        play.registry.lie(new Lies() {});
        alice.awaitMoved(id, Mail.Stage.SENT);
    }

    @Test
    void prekeysThatTheContactDidNotSignAreNotUsed() throws Exception {
        var impostor = play.impostor(bob.name());
        var pair = impostor.batch(1, 1, play.random).published().getFirst();
        play.registry.lie(new Lies() {
            @Override
            public Optional<OneTimePrekeys> pair(UserName of, UserName asker, Optional<OneTimePrekeys> truth) {
                return Optional.of(pair);
            }
        });
        var id = alice.send(bob, "to bob alone");
        alice.awaitNotice("prekeys that bob did not sign");
        assertThat(play.registry.seen()).isEmpty();
        play.registry.lie(new Lies() {});
        alice.awaitMoved(id, Mail.Stage.SENT);
    }

    @Test
    void aShortenedChainIsSaidAndWhatWasSeenIsBelieved() throws Exception {
        Play.acquaint(alice, bob);
        var chain = play.chainOf(bob).statements();
        play.registry.lie(told(bob, chain.subList(0, chain.size() - 1)));
        play.registry.announce(bob.name());
        alice.awaitNotice("withholds some of what bob has published");
        alice.awaitMoved(alice.send(bob, "all the same"), Mail.Stage.DELIVERED);
    }

    @Test
    void whoIsToldOfAnotherChainOfHisOwnSaysSo() throws Exception {
        var other = play.impostor(bob.name()).chain().head();
        play.registry.lie(new Lies() {
            @Override
            public Reply.SignedIn signedIn(UserName who, Reply.SignedIn truth) {
                return new Reply.SignedIn(truth.statements(), other, truth.pairs(), truth.envelopes());
            }
        });
        play.registry.hangUp();
        bob.awaitNotice("another key chain of bob than this vault");
    }

    /** The registry told alice of a bob that isn't: the link that she calls shows another key, and nothing is said on it. */
    @Test
    void aLinkToWhomTheChainDoesNotNameIsNone() throws Exception {
        play.registry.lie(swapping(play.impostor(bob.name())));
        alice.awaitMoved(alice.send(bob, "for bob's eyes only"), Mail.Stage.SENT);
        bob.awaitMoved(bob.send(alice, "who is there?"), Mail.Stage.SENT);
        assertThat(bob.texts(alice)).isEmpty();
        assertThat(alice.heard().all())
                .noneMatch(any -> any instanceof Mail.Moved moved && moved.stage() != Mail.Stage.SENT);
    }

    private String sendsAgain() throws InterruptedException {
        // Each attempt asks the registry again, and what it answers serves the next one.
        for (int i = 0; i < 100; i++) {
            var ended = alice.run(new Input.SendText(new Input.One(bob.name()), "again"));
            TimeUnit.MILLISECONDS.sleep(50);
            if (ended instanceof Happening.Done(var verb, ModernAnswer.Queued(var id, var to))) return id;
        }
        throw new AssertionError("alice is still blocked");
    }

    private static void awaitChange(Person person, Mail.Change change) throws InterruptedException {
        person.heard()
                .await(
                        "the other identity",
                        0,
                        shown -> shown instanceof Mail.IdentityChanged changed && changed.change() == change);
    }

    /** Alice is told that bob is the impostor. */
    private Lies swapping(OwnKeys impostor) {
        var asker = alice.name();
        var swapped = impostor.chain();
        return new Lies() {
            @Override
            public List<Statement> chain(UserName of, UserName who, List<Statement> truth) {
                return of.equals(swapped.name()) && who.equals(asker) ? swapped.statements() : truth;
            }

            @Override
            public Optional<OneTimePrekeys> pair(UserName of, UserName who, Optional<OneTimePrekeys> truth) {
                return of.equals(swapped.name()) && who.equals(asker) ? Optional.empty() : truth;
            }
        };
    }

    private static Lies told(Person of, List<Statement> chain, Statement... more) {
        var all = new ArrayList<>(chain);
        all.addAll(List.of(more));
        return new Lies() {
            @Override
            public List<Statement> chain(UserName name, UserName asker, List<Statement> truth) {
                return name.equals(of.name()) ? all : truth;
            }
        };
    }
}
