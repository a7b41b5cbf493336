package parley.proving.classic;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** A classic client without its registry: is told addresses and group keys, and talks to peers in both directions. */
public final class ClassicPeer implements AutoCloseable {
    private final BlockingQueue<Received.Text> texts = new LinkedBlockingQueue<>();
    private final BlockingQueue<Received.File> files = new LinkedBlockingQueue<>();
    private final Queue<Exception> failures = new ConcurrentLinkedQueue<>();
    private final Listening listening;

    /** Listens on a free loopback port; received files go to {@code folder}, which must exist. */
    public static ClassicPeer listen(Path folder) throws IOException {
        return new ClassicPeer(folder);
    }

    private ClassicPeer(Path folder) throws IOException {
        listening = Listening.start(folder, this::keep, failures);
    }

    private void keep(Received received) {
        switch (received) {
            case Received.Text text -> texts.add(text);
            case Received.File file -> files.add(file);
        }
    }

    public InetSocketAddress address() {
        return listening.address();
    }

    /** Makes texts and files of {@code group} readable and sendable. */
    public void learnGroup(String group, byte[] key) {
        listening.learn(group, key);
    }

    public void sendText(InetSocketAddress to, String from, String text) throws IOException {
        try (var peer = NaiveSocket.connect(to)) {
            Sending.text(peer, Sending.Header.ofUser(from), Sending.agree(peer), text);
        }
    }

    public void sendGroupText(InetSocketAddress to, String group, String text) throws IOException {
        var key = listening.keyOf(group);
        try (var peer = NaiveSocket.connect(to)) {
            Sending.text(peer, Sending.Header.ofGroup(group), key, text);
        }
    }

    /** Sends the content of {@code file} and tells the receiver that it is called {@code typedPath}. */
    public void sendFile(InetSocketAddress to, String from, String typedPath, Path file) throws IOException {
        try (var peer = NaiveSocket.connect(to)) {
            Sending.file(peer, Sending.Header.ofUser(from), Sending.agree(peer), typedPath, file);
        }
    }

    public void sendGroupFile(InetSocketAddress to, String group, String typedPath, Path file) throws IOException {
        var key = listening.keyOf(group);
        try (var peer = NaiveSocket.connect(to)) {
            Sending.file(peer, Sending.Header.ofGroup(group), key, typedPath, file);
        }
    }

    /** The oldest text not yet awaited. */
    public Received.Text awaitText(Duration patience) throws InterruptedException {
        return await("text", texts, patience);
    }

    /** The oldest file not yet awaited, complete on disk. */
    public Received.File awaitFile(Duration patience) throws InterruptedException {
        return await("file", files, patience);
    }

    private <T> T await(String what, BlockingQueue<T> queue, Duration patience) throws InterruptedException {
        var received = queue.poll(patience.toMillis(), TimeUnit.MILLISECONDS);
        if (received != null) return received;
        var nothing = new IllegalStateException("no %s within %s; conversations that broke: %s"
                .formatted(what, patience, failures.isEmpty() ? "none" : failures));
        failures.forEach(nothing::addSuppressed);
        throw nothing;
    }

    /** Conversations that this side could not understand or that broke off; empty in a healthy world. */
    public List<Exception> failures() {
        return List.copyOf(failures);
    }

    @Override
    public void close() {
        listening.close();
    }
}
