package parley.peer.file;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.apache.pekko.util.ByteString;
import org.junit.jupiter.api.Test;
import parley.messages.name.PeerAddress;
import parley.messages.name.UserName;
import parley.messages.wire.MessageId;

class CallsTest {
    private static final UserName BOB = new UserName("bob");
    private static final Ref REF = new Ref(BOB, new MessageId(ByteString.fromArray(new byte[MessageId.BYTES])));
    private static final PeerAddress HERE = PeerAddress.parse("192.0.2.1:7000");
    private static final Duration MIN = Duration.ofSeconds(5);
    private static final Duration MAX = Duration.ofMinutes(5);

    private final RandomGenerator dice = RandomGenerator.of("L64X128MixRandom");
    private final Calls calls = new Calls(new FilesSettings(Path.of("/"), 10, 1, 1, MIN, MAX, MAX), dice);

    @Test
    void theReceiverLeavesTheFirstCallToTheSender() {
        assertThat(calls.first(true)).isZero();
        assertThat(calls.first(false)).isPositive();
    }

    @Test
    void whoCameWithoutAnAddressIsThereAndCannotBeCalled() {
        calls.came(BOB, Optional.of(HERE));
        assertThat(calls.at(BOB)).contains(HERE);
        calls.came(BOB, Optional.empty());
        assertThat(calls.isOnline(BOB)).isTrue();
        assertThat(calls.at(BOB)).isEmpty();
        calls.went(BOB);
        assertThat(calls.isOnline(BOB)).isFalse();
    }

    @Test
    void theFirstPauseIsAMomentTheOthersDoubleUpToTheLongestAndHalfOfEachIsChance() {
        // A call may overtake what is said of its file: nobody is to wait for long for that.
        assertThat(calls.afterFailure(REF)).isLessThan(Duration.ofSeconds(1));
        var longest = MIN;
        for (int failure = 0; failure < 100; failure++) {
            assertThat(calls.afterFailure(REF)).isBetween(longest.dividedBy(2), longest);
            longest = longest.multipliedBy(2).compareTo(MAX) < 0 ? longest.multipliedBy(2) : MAX;
        }
        assertThat(longest).isEqualTo(MAX);
    }

    @Test
    void theFirstPauseIsShortAgainOnceItIsForgottenThatItFailed() {
        for (int failure = 0; failure < 10; failure++) calls.afterFailure(REF);
        assertThat(calls.hasFailed(REF)).isTrue();
        calls.forget(REF);
        assertThat(calls.hasFailed(REF)).isFalse();
        assertThat(calls.afterFailure(REF)).isLessThanOrEqualTo(MIN);
    }
}
