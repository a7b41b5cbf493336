package parley.peer.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import parley.messages.classic.Request;
import parley.messages.name.Address;
import parley.peer.command.Input;
import parley.peer.lookup.Lookup;

/** Messages end up in logs when nobody takes them, and exceptions when nobody foresaw them. */
class PrintedTest {
    private static final String CANARY = "canary-text";
    private static final Parcel TEXT = new Parcel.Text(CANARY);
    private static final Parcel FILE = new Parcel.File(Path.of(CANARY));
    private static final Input.Recipients BOB = new Input.One(Fixtures.BOB);

    static Stream<Object> messages() {
        var kit = ActorTestKit.create();
        try {
            var outcomes = kit.<Courier.Outcome>createTestProbe().ref();
            var answers = kit.<Lookup.Answer>createTestProbe().ref();
            return Stream.of(
                    new Peer.Run(new Input.SignUp(Fixtures.ALICE, Fixtures.PASSWORD)),
                    new Peer.Run(new Input.SignIn(Fixtures.ALICE, Fixtures.PASSWORD)),
                    new Peer.Run(new Input.SendText(BOB, CANARY)),
                    new Peer.Run(new Input.SendFile(BOB, Path.of(CANARY))),
                    new Session.Send("send", List.of(Fixtures.TO_BOB), TEXT),
                    new Session.Send("send", List.of(Fixtures.TO_BOB), FILE),
                    new Courier.Take(1, TEXT, outcomes),
                    new Courier.Take(1, FILE, outcomes),
                    new Lookup.Ask(
                            new Request.SignIn(Fixtures.ALICE, Fixtures.PASSWORD, new Address("10.0.0.7", 5000)),
                            answers));
        } finally {
            kit.shutdownTestKit();
        }
    }

    @ParameterizedTest
    @MethodSource("messages")
    void noMessagePrintsWhatIsSecret(Object message) {
        assertThat(message.toString()).contains("redacted").doesNotContain("canary");
    }

    @Test
    void whatNobodyForesawIsToldWithoutItsWords() {
        assertThat(NotDelivered.why(new IllegalStateException(CANARY)))
                .isEqualTo("Failed unexpectedly (IllegalStateException), the log says where");
    }
}
