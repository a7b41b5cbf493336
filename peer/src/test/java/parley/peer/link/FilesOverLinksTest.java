package parley.peer.link;

import static org.assertj.core.api.Assertions.assertThat;

import com.typesafe.config.ConfigFactory;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Random;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.stream.javadsl.Flow;
import org.apache.pekko.stream.javadsl.Keep;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import parley.messages.classic.Origin;
import parley.messages.classic.Sealed;
import parley.messages.name.Address;
import parley.messages.name.UserName;
import parley.peer.cipher.Opening;
import parley.peer.transfer.Downloads;
import parley.peer.transfer.FileToSend;
import parley.peer.transfer.TransferSettings;

/** From a file on one disk to a file on another: reader, ciphers, links and download folder together. */
class FilesOverLinksTest {
    static final ActorTestKit kit = ActorTestKit.create();
    static final TransferSettings SETTINGS = new TransferSettings(
            TransferSettings.from(ConfigFactory.load().getConfig("parley.peer.transfer"))
                    .fileBytesMax(),
            0);

    @TempDir
    Path folder;

    final BlockingQueue<Downloads.Outcome> outcomes = new LinkedBlockingQueue<>();
    End alice;
    End bob;
    Listener storing;

    @AfterAll
    static void close() {
        kit.shutdownTestKit();
    }

    @BeforeEach
    void listen() throws Exception {
        alice = new End(kit, "alice", Limits.SHIPPED);
        bob = new End(kit, "bob", Limits.SHIPPED);
        var downloads = get(Downloads.open(kit.system(), SETTINGS, folder.resolve("downloads")));
        storing = get(Listener.bind(kit.system(), Limits.SHIPPED, "127.0.0.1", 0, bob.publicValue(), new Inbox() {
            @Override
            public CompletionStage<Verdict> text(Conversation from, int length, Sealed text) {
                throw new AssertionError("no text");
            }

            @Override
            public CompletionStage<Place> file(Conversation from, String path) {
                return downloads.offer(path).thenApply(offered -> switch (offered) {
                    case Downloads.NoPlace(var why) -> new Place.Refused(why);
                    case Downloads.Ready ready ->
                        new Place.Into(Flow.<List<Sealed>>create()
                                .mapAsync(1, chunks -> bob.open(from, chunks))
                                .map(opened -> ((Opening.Done) opened).chunks())
                                .toMat(ready.sink(), Keep.right())
                                .mapMaterializedValue(stored -> stored.thenApply(FilesOverLinksTest.this::judged)));
                });
            }

            @Override
            public void dropped(Dropped dropped) {}
        }));
    }

    private Inbox.Verdict judged(Downloads.Outcome outcome) {
        outcomes.add(outcome);
        return switch (outcome) {
            case Downloads.Stored stored -> new Inbox.Verdict.Kept();
            case Downloads.NotStored(var why) -> new Inbox.Verdict.Refused(why);
        };
    }

    @Test
    void aFileArrivesByteForByte() throws Exception {
        var content = new byte[(3 << 20) + 17];
        new Random(1).nextBytes(content);
        var source = Files.write(folder.resolve("pic: 1.bin"), content);
        assertThat(send(source)).isEqualTo(new Delivery.Delivered());
        var stored = (Downloads.Stored) outcome();
        assertThat(stored.path()).hasBinaryContent(content);
        assertThat(stored.name()).isEqualTo("pic 1.bin");
    }

    @Test
    void aFileThatGrewIsSaidOnBothSidesAndLeavesNothing() throws Exception {
        var source = Files.write(folder.resolve("log"), new byte[2 << 20]);
        var file = (FileToSend.Sendable) get(FileToSend.open(kit.system(), SETTINGS, source));
        Files.write(source, new byte[1], StandardOpenOption.APPEND);
        var sent = alice.file(address(storing.address()), new Origin.User(new UserName("alice")), "log", file.chunks());
        assertThat(End.await(sent))
                .isEqualTo(new Delivery.Broken("it grew from 2097152 to 2097153 bytes while it was being sent"));
        assertThat(outcome()).isInstanceOf(Downloads.NotStored.class);
        try (var left = Files.list(folder.resolve("downloads"))) {
            assertThat(left).isEmpty();
        }
    }

    private Delivery send(Path source) throws Exception {
        var file = (FileToSend.Sendable) get(FileToSend.open(kit.system(), SETTINGS, source));
        return End.await(alice.file(
                address(storing.address()), new Origin.User(new UserName("alice")), file.name(), file.chunks()));
    }

    private Downloads.Outcome outcome() throws InterruptedException {
        return ReceivingTest.next(outcomes);
    }

    private static Address address(InetSocketAddress bound) {
        return new Address("127.0.0.1", bound.getPort());
    }

    private static <T> T get(CompletionStage<T> stage) throws Exception {
        return stage.toCompletableFuture().get(10, TimeUnit.SECONDS);
    }
}
