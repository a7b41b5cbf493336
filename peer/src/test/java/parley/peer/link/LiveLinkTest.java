package parley.peer.link;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.stream.javadsl.Source;
import org.apache.pekko.util.ByteString;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;
import parley.messages.classic.Origin;
import parley.messages.name.Address;
import parley.messages.name.GroupName;
import parley.messages.name.UserName;

/** Two of our ends on real sockets. */
class LiveLinkTest {
    static final ActorTestKit kit = ActorTestKit.create();

    End alice;
    End bob;

    @BeforeEach
    void listen() throws Exception {
        alice = new End(kit, "alice", Limits.SHIPPED);
        bob = new End(kit, "bob", Limits.SHIPPED);
    }

    @AfterEach
    void stopListening() throws Exception {
        for (var end : List.of(alice, bob))
            end.listener.close().toCompletableFuture().get(10, TimeUnit.SECONDS);
    }

    @AfterAll
    static void close() {
        kit.shutdownTestKit();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "hello there bob",
                "x",
                "",
                "exactly8",
                "naïve café ☕",
                "👩‍👩‍👧‍👦 عربى",
                "a:b::c:12:ff",
                "  padded  "
            })
    void textsArrive(String text) throws Exception {
        assertThat(alice.sendText(bob.address(), text)).isEqualTo(new Delivery.Delivered());
        var received = bob.next();
        assertThat(received.content().utf8String()).isEqualTo(text);
        assertThat(received.from()).isEqualTo(new Conversation.WithContact(new UserName("alice"), alice.publicValue()));
    }

    @Test
    void longTextsArriveInPiecesAndInOrder() throws Exception {
        var text = "0123456789 ☕ ".repeat(400);
        assertThat(alice.sendText(bob.address(), text)).isEqualTo(new Delivery.Delivered());
        var whole = new StringBuilder();
        while (whole.length() < text.length()) whole.append(bob.next().content().utf8String());
        assertThat(whole).hasToString(text);
    }

    @Test
    void groupTextsArriveWithoutTheirWriter() throws Exception {
        assertThat(alice.sendGroupText(bob.address(), "team", "hi team")).isEqualTo(new Delivery.Delivered());
        var received = bob.next();
        assertThat(received.content().utf8String()).isEqualTo("hi team");
        assertThat(received.from()).isEqualTo(new Conversation.WithGroup(new GroupName("team")));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 1023, 1024, 1025, 16 * 1024, 16 * 1024 + 1, 5 << 20})
    void filesArriveByteForByte(int bytes) throws Exception {
        var content = random(bytes);
        assertThat(alice.sendFile(bob.address(), "/home/alice/pic: 1.bin", chunks(content)))
                .isEqualTo(new Delivery.Delivered());
        assertThat(bob.next().content()).isEqualTo(content);
        assertThat(bob.drops).isEmpty();
    }

    @Test
    void groupFilesArrive() throws Exception {
        var content = random(3008);
        var sent = alice.file(bob.address(), new Origin.Group(new GroupName("team")), "pic.bin", chunks(content));
        assertThat(End.await(sent)).isEqualTo(new Delivery.Delivered());
        assertThat(bob.next().content()).isEqualTo(content);
    }

    @Test
    void whatTheReceiverCouldNotKeepIsNotDelivered() throws Exception {
        bob.verdict = new Inbox.Verdict.Refused("the disk is full");
        assertThat(alice.sendText(bob.address(), "hello")).isInstanceOf(Delivery.Broken.class);
        assertThat(bob.nextDrop().why()).isEqualTo("the disk is full");
        assertThat(alice.sendFile(bob.address(), "pic.bin", chunks(random(5000))))
                .isInstanceOf(Delivery.Broken.class);
        assertThat(bob.nextDrop().why()).isEqualTo("the disk is full");
    }

    @Test
    void aFileThatCannotBeReadToItsEndIsNotDeliveredAndNotReceived() throws Exception {
        var content = chunks(random(50_000)).concat(Source.failed(new IllegalStateException("it shrank")));
        assertThat(alice.sendFile(bob.address(), "pic.bin", content)).isEqualTo(new Delivery.Broken("it shrank"));
        assertThat(bob.nextDrop().why()).startsWith("the connection broke");
        assertThat(bob.received).isEmpty();
    }

    @Test
    void whereNobodyListensIsUnreachable() throws Exception {
        int port;
        try (var taken = new ServerSocket(0)) {
            port = taken.getLocalPort();
        }
        assertThat(alice.sendText(new Address("127.0.0.1", port), "hello"))
                .isEqualTo(new Delivery.Unreachable("no connection: Connection refused"));
    }

    @Test
    void ourOwnValueBackIsRefusedAsAReflection() throws Exception {
        assertThat(alice.sendText(alice.address(), "echo")).isInstanceOf(Delivery.Broken.class);
        assertThat(alice.received).isEmpty();
    }

    @Test
    void manyTextsAtOnceAllArrive() throws Exception {
        var sent = new ArrayList<Thread>();
        for (int i = 0; i < 40; i++) {
            var text = "text " + i;
            sent.add(Thread.startVirtualThread(() -> {
                try {
                    assertThat(alice.sendText(bob.address(), text)).isEqualTo(new Delivery.Delivered());
                } catch (Exception failure) {
                    throw new AssertionError(failure);
                }
            }));
        }
        for (int i = 0; i < sent.size(); i++) bob.next();
        for (var each : sent) each.join();
        assertThat(bob.received).isEmpty();
    }

    /** Whatever strangers say, and however many of them: whoever means it is served. */
    @Test
    void aThousandBadLinksAndThenAGoodOne() throws Exception {
        var nonsense = List.of("GET / HTTP/1.1\r\n\r\n", "dhk:", "dhk:1x", "team:group_sending:False::1:zz", "\u0000");
        for (int i = 0; i < 1000; i++) {
            try (var stranger = new Socket("127.0.0.1", bob.address().port())) {
                stranger.getOutputStream()
                        .write(nonsense.get(i % nonsense.size()).getBytes(StandardCharsets.ISO_8859_1));
            }
        }
        assertThat(alice.sendText(bob.address(), "still there?")).isEqualTo(new Delivery.Delivered());
        assertThat(bob.next().content().utf8String()).isEqualTo("still there?");
        for (int i = 0; i < 1000; i++) assertThat(bob.nextDrop().why()).doesNotContain("GET", "zz");
    }

    @Test
    void closingLetsOpenLinksFinishAndAbortsThoseThatDoNot() throws Exception {
        var carol = new End(kit, "carol", Limits.SHORT);
        try (var idle = new Socket("127.0.0.1", carol.address().port())) {
            idle.getOutputStream().write("dhk:4711".getBytes(StandardCharsets.US_ASCII));
            assertThat(idle.getInputStream().read()).isEqualTo('d');
            var closed = carol.listener.close().toCompletableFuture();
            assertThat(closed).succeedsWithin(Duration.ofSeconds(10));
            assertThat(alice.sendText(carol.address(), "hello")).isInstanceOf(Delivery.Unreachable.class);
        }
    }

    @Test
    void noTextNoKeyAndNoFileNameIsTraced() throws Exception {
        var log = new ListAppender<ILoggingEvent>();
        var root = (Logger) LoggerFactory.getLogger("parley.peer");
        root.setLevel(Level.TRACE);
        log.start();
        root.addAppender(log);
        try {
            alice.sendText(bob.address(), "canary text");
            alice.sendFile(
                    bob.address(), "/home/canary-folder/canary.bin", chunks(ByteString.fromString("canary file")));
            bob.next();
            bob.next();
        } finally {
            root.detachAppender(log);
            root.setLevel(null);
        }
        var lines = log.list.stream().map(ILoggingEvent::getFormattedMessage).toList();
        assertThat(lines).anyMatch(line -> line.matches("link \\d+ >> TEXT \\d+B"));
        assertThat(lines).anyMatch(line -> line.matches("link \\d+ << FILE \\d+B"));
        assertThat(lines).noneMatch(line -> line.contains("canary") || line.contains("alice"));
        var value = alice.publicValue().value();
        assertThat(lines).noneMatch(line -> line.contains(value.toString()) || line.contains(value.toString(16)));
    }

    static ByteString random(int bytes) {
        var content = new byte[bytes];
        new Random(bytes).nextBytes(content);
        return ByteString.fromArray(content);
    }

    static Source<List<ByteString>, ?> chunks(ByteString content) {
        var chunks = new ArrayList<ByteString>();
        for (int at = 0; at < content.size(); at += 1024)
            chunks.add(content.slice(at, Math.min(at + 1024, content.size())));
        return Source.from(chunks).grouped(64);
    }
}
