package parley.proving.modern.evil;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import parley.messages.directory.Code;
import parley.messages.directory.Invite;
import parley.messages.directory.Reply;
import parley.messages.directory.Request;
import parley.messages.identity.Claim;
import parley.messages.name.UserName;
import parley.peer.cipher.identity.RecoveryWords;
import parley.peer.cipher.identity.SigningKey;
import parley.peer.command.Input;
import parley.peer.talk.Happening;
import parley.peer.talk.Mail;

/** A registry that does not say in time what became of a sign-up: no name is lost, and its words are shown once. */
class LateSignUpTest {
    private static final String CODE = "one-guest";

    @TempDir
    Path folder;

    Play play;

    @BeforeEach
    void begin() throws Exception {
        play = new Play(folder);
    }

    @AfterEach
    void end() throws Exception {
        play.close();
    }

    /** The answer "busy" is given where the disk took too long: it may follow. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void whatWasAnsweredWithBusyIsFinishedBySigningIn(boolean done) throws Exception {
        play.registry.lie(new Lies() {
            @Override
            public Reply signedUp(Runnable account) {
                if (done) account.run();
                return new Reply.Refused(Code.BUSY, "The registry is busy, try again");
            }
        });
        var alice = play.person("alice", play.registry.address(), Map.of()).start();
        assertThat(alice.run(new Input.SignUp(alice.name(), Person.PASSWORD, CODE)))
                .isInstanceOfSatisfying(
                        Happening.Failed.class,
                        failed -> assertThat(failed.why()).contains("busy").endsWith("signin alice"));
        play.registry.lie(new Lies() {});

        alice.signIn();
        var shown = alice.heard().await("the words", 0, Mail.SignedUp.class::isInstance);
        assertThat(recovery((Mail.SignedUp) shown)).isEqualTo(atTheRegistry());
        assertThat(signUps())
                .as("each with the invitation")
                .hasSize(done ? 1 : 2)
                .allMatch(asked -> asked.invite().equals(Optional.of(new Invite(CODE))));
    }

    @Test
    void wordsThatWereShownAreShownNoMore() throws Exception {
        play.registry.lie(new Lies() {
            @Override
            public Reply signedUp(Runnable account) {
                account.run();
                return new Reply.Refused(Code.BUSY, "The registry is busy, try again");
            }
        });
        var late = play.person("late", play.registry.address(), Map.of()).start();
        late.run(new Input.SignUp(late.name(), Person.PASSWORD));
        late.signIn();
        late.heard().await("the words", 0, Mail.SignedUp.class::isInstance);
        play.registry.lie(new Lies() {});
        var inTime = play.newcomer("prompt");
        for (var person : List.of(late, inTime)) {
            int before = person.heard().count();
            person.signIn().signIn();
            assertThat(person.heard().all().subList(before, person.heard().count()))
                    .noneMatch(Mail.SignedUp.class::isInstance);
        }
    }

    private List<Request.SignUp> signUps() {
        return play.registry.asked().stream()
                .filter(Request.SignUp.class::isInstance)
                .map(Request.SignUp.class::cast)
                .toList();
    }

    private Object atTheRegistry() {
        var first = (Claim.Identity) signUps().getFirst().chain().getFirst().claim();
        assertThat(first.name()).isEqualTo(new UserName("alice"));
        return first.recovery();
    }

    private static Object recovery(Mail.SignedUp shown) {
        var read = (RecoveryWords.Good) RecoveryWords.read(shown.recoveryWords());
        return SigningKey.of(read.secret()).key();
    }
}
