package parley.peer.cipher;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.pekko.actor.DeadLetter;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.typed.eventstream.EventStream;
import org.apache.pekko.util.ByteString;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;
import parley.messages.classic.GroupKey;
import parley.messages.classic.Sealed;

/** Canaries: a key, an exponent and a text that are looked for in everything that could hold them by accident. */
class SecretsStayInsideTest {
    static final ActorTestKit kit = ActorTestKit.create();
    static final String TEXT = "the canary sings at midnight";
    static final byte[] GROUP_KEY = "canary-key-of-24-bytes!!".getBytes(StandardCharsets.US_ASCII);
    static final OwnKeyPair own = OwnKeyPair.of(new BigInteger("1234567890987654321012345678909876543210123456789"));
    static final OwnKeyPair other = OwnKeyPair.create(new SecureRandom());

    @AfterAll
    static void close() {
        kit.shutdownTestKit();
    }

    @Test
    void noSecretIsLoggedPrintedOrLeftInADeadLetter() {
        var log = new ListAppender<ILoggingEvent>();
        var root = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
        root.setLevel(Level.TRACE);
        log.start();
        root.addAppender(log);
        var letters = kit.<DeadLetter>createTestProbe();
        kit.system().eventStream().tell(new EventStream.Subscribe<>(DeadLetter.class, letters.ref()));
        var seen = new ArrayList<Object>(List.of(own, DesKey.ofBytes(GROUP_KEY)));
        try {
            var contact = kit.spawn(ContactCipher.create(own));
            var group = kit.spawn(GroupCipher.create(() -> CompletableFuture.completedFuture(
                    new GroupCipher.Granted(new GroupKey(ByteString.fromArray(GROUP_KEY))))));
            seen.add(new GroupCipher.Granted(new GroupKey(ByteString.fromArray(GROUP_KEY))));
            var plain = List.of(ByteString.fromString(TEXT));
            var sealing = kit.<Sealing>createTestProbe();
            var opening = kit.<Opening>createTestProbe();

            var seal = new ContactCipher.Seal(other.publicValue(), plain, sealing.ref());
            contact.tell(seal);
            var sealed = ((Sealing.Done) sealing.receiveMessage()).chunks();
            contact.tell(new ContactCipher.Open(other.publicValue(), sealed, opening.ref()));
            seen.addAll(List.of(seal, sealed, opening.receiveMessage()));

            var groupSeal = new GroupCipher.Seal(plain, sealing.ref());
            group.tell(groupSeal);
            var groupSealed = ((Sealing.Done) sealing.receiveMessage()).chunks();
            group.tell(new GroupCipher.Open(groupSealed, opening.ref()));
            seen.addAll(List.of(groupSeal, groupSealed, opening.receiveMessage()));

            contact.tell(new ContactCipher.Open(
                    other.publicValue(),
                    List.of(new Sealed(ByteString.emptyByteString(), ByteString.fromString("xy"))),
                    opening.ref()));
            seen.add(opening.receiveMessage());

            kit.stop(contact);
            kit.stop(group);
            contact.tell(seal);
            group.tell(groupSeal);
            seen.add(letters.receiveMessage());
            seen.add(letters.receiveMessage());
        } finally {
            root.detachAppender(log);
            root.setLevel(Level.WARN);
        }
        var everything = seen.stream().map(String::valueOf).collect(Collectors.joining("\n"))
                + log.list.stream().map(ILoggingEvent::toString).collect(Collectors.joining("\n"));
        assertThat(seen.toString()).contains("redacted");
        for (var canary : canaries())
            assertThat(everything.toLowerCase(Locale.ROOT)).doesNotContain(canary);
    }

    /** Raw, in hex, in base64 and in decimal, as an array prints and as a number does. */
    private static List<String> canaries() {
        var shared = own.sharedWith(other.publicValue().value());
        var exponent = new BigInteger("1234567890987654321012345678909876543210123456789");
        var secrets = List.of(
                TEXT.getBytes(StandardCharsets.UTF_8),
                GROUP_KEY,
                DesKey.ofShared(shared).parameters().getKey(),
                shared.toByteArray(),
                exponent.toByteArray());
        var forms = new ArrayList<String>(List.of(shared.toString(), exponent.toString()));
        for (var secret : secrets) {
            forms.add(new String(secret, StandardCharsets.ISO_8859_1));
            forms.add(HexFormat.of().formatHex(secret));
            forms.add(Base64.getEncoder().withoutPadding().encodeToString(secret));
            forms.add(Base64.getUrlEncoder().withoutPadding().encodeToString(secret));
            forms.add(IntStream.range(0, 8)
                    .mapToObj(i -> Byte.toString(secret[i]))
                    .collect(Collectors.joining(", ")));
            forms.add(Arrays.toString(secret));
        }
        return forms.stream().map(form -> form.toLowerCase(Locale.ROOT)).toList();
    }
}
