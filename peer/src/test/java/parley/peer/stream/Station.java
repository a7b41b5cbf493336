package parley.peer.stream;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.testkit.typed.javadsl.TestProbe;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.stream.javadsl.Keep;
import org.apache.pekko.stream.javadsl.Sink;
import org.apache.pekko.util.ByteString;
import parley.messages.identity.RegistryId;
import parley.messages.name.PeerAddress;
import parley.messages.name.UserName;
import parley.messages.wire.FileOffer;
import parley.messages.wire.MessageId;
import parley.peer.link.socket.Sockets;
import parley.peer.transfer.Disk;
import parley.peer.transfer.Partial;
import parley.peer.transfer.SourceStamp;

/** Somebody who sends and receives files, on a port of his own. */
final class Station {
    static final RegistryId REGISTRY = new RegistryId(ByteString.fromArray(new byte[RegistryId.BYTES]));
    static final ByteString KEY = ByteString.fromArray(new byte[FileOffer.KEY_BYTES]);

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    final UserName name;
    final Path folder;
    final TestProbe<Streams.Change> changes;
    final ActorRef<Streams.Command> streams;
    private final Sockets.Binding binding;

    Station(String name, Path folder, ActorTestKit kit) throws Exception {
        this(name, folder, kit, Disk.REAL);
    }

    Station(String name, Path folder, ActorTestKit kit, Disk disk) throws Exception {
        this.name = new UserName(name);
        this.folder = Files.createDirectories(folder.resolve(name));
        this.changes = kit.createTestProbe(Streams.Change.class);
        this.streams = kit.spawn(Streams.create(changes.ref(), true, disk));
        this.binding = Sockets.accept(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
                .toMat(Sink.foreach(connection -> streams.tell(new Streams.Took(connection))), Keep.left())
                .withAttributes(Sockets.ON_LOOP)
                .run(kit.system())
                .toCompletableFuture()
                .get();
    }

    int port() {
        return binding.local().getPort();
    }

    PeerAddress at() {
        return PeerAddress.of(binding.local());
    }

    Lane laneWith(Station other, boolean weSend, MessageId file, long size) {
        return new Lane(REGISTRY, name, other.name, weSend, file, KEY, size);
    }

    void sends(Station to, MessageId file, Path source) throws IOException {
        var stamp = SourceStamp.of(source);
        streams.tell(new Streams.Send(laneWith(to, true, file, stamp.size()), source, stamp));
    }

    void receives(Station from, MessageId file, long size) {
        streams.tell(new Streams.Receive(laneWith(from, false, file, size), folder, 0));
    }

    void calls(Station other, MessageId file) {
        calls(other, file, other.at());
    }

    void calls(Station other, MessageId file, PeerAddress at) {
        streams.tell(new Streams.Call(other.name, file, at));
    }

    Path partial(Station from, MessageId file) {
        return Partial.path(folder, name, from.name, file);
    }

    void begins() {
        while (!(changes.receiveMessage(PATIENCE) instanceof Streams.Began)) {}
    }

    /** The next change that is no progress. */
    Streams.Change next() {
        for (var change = changes.receiveMessage(PATIENCE); ; change = changes.receiveMessage(PATIENCE)) {
            if (!(change instanceof Streams.Progress) && !(change instanceof Streams.Began)) return change;
        }
    }
}
