package parley.messages.classic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.pekko.util.ByteString;
import org.junit.jupiter.api.Test;
import parley.messages.name.Address;
import parley.messages.name.GroupName;
import parley.messages.name.Password;
import parley.messages.name.UserName;

/** Whatever prints a message, be it a log, a dead letter or an assertion, prints no secret. */
class RedactionTest {
    private static final String CANARY = "canary-7d1f-canary-7d1f-";

    @Test
    void noRequestPrintsItsPassword() {
        var user = new UserName("alice");
        var password = new Password(CANARY);
        var home = new Address("10.0.0.7", 80);
        for (var request :
                List.of(new Request.SignUp(user, password, home), new Request.SignIn(user, password, home))) {
            neverShows(
                    CANARY,
                    request,
                    request.toString(),
                    "%s".formatted(request),
                    Optional.of(request),
                    Set.of(request));
            assertThat(request.toString()).contains("redacted", "alice");
        }
    }

    @Test
    void noReplyPrintsAGroupKey() {
        var bytes = ByteString.fromString(CANARY);
        var reply = new Reply.Key(new GroupKey(bytes));
        for (var spelling : List.of(
                CANARY,
                HexFormat.of().formatHex(bytes.toArray()),
                java.util.Base64.getEncoder().encodeToString(bytes.toArray()),
                "99, 97, 110")) {
            neverShows(spelling, reply, reply.key(), List.of(reply), new Object[] {reply});
        }
        assertThat(reply).hasToString("Key[key=redacted]");
    }

    @Test
    void aRefusedRequestDoesNotRepeatThePassword() {
        for (var line : List.of(
                "signup alice %s nowhere",
                "signup al!ce %s 10.0.0.7:80",
                "signin alice %s",
                "signin alice %s\t 10.0.0.7:80",
                "sginup alice %s 10.0.0.7:80",
                "%s")) {
            neverShows(CANARY, RequestCodec.decode(ByteString.fromString(line.formatted(CANARY))));
        }
    }

    @Test
    void aKeyOfTheWrongSizeIsRefusedWithoutBeingShown() {
        assertThatThrownBy(() -> new GroupKey(ByteString.fromString(CANARY + "!")))
                .hasMessage("a group key has 24 bytes, not 25");
        assertThatThrownBy(() -> ReplyCodec.decode(
                        new Request.KeyOf(new GroupName("team")), ByteString.fromString(CANARY + "!")))
                .hasMessage("a group key of 25 bytes");
    }

    private static void neverShows(String secret, Object... holders) {
        assertThat(Arrays.deepToString(holders)).doesNotContain(secret);
    }
}
