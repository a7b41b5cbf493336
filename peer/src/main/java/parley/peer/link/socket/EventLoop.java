package parley.peer.link.socket;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectableChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.AbstractExecutorService;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * An executor whose only thread also waits for sockets: a stage that runs here is told of its socket's readiness, and
 * answers, without another thread being woken.
 *
 * <pre>
 *   running: tasks --none left--> asleep in select --a socket is ready, a task came--> tasks
 *   running --shutdown--> the tasks that are left --> terminated, all sockets closed
 * </pre>
 */
final class EventLoop extends AbstractExecutorService {
    private static final Logger LOG = LoggerFactory.getLogger(EventLoop.class);
    private static final ThreadLocal<EventLoop> CURRENT = new ThreadLocal<>();

    /** Tasks between two looks at the sockets: a busy link must not keep the others from being heard. */
    private static final int TASKS_AT_ONCE = 256;

    /** Bytes read at once: a chunk of a file. */
    private static final int READ_BYTES = 64 * 1024;

    private final Queue<Runnable> tasks = new ConcurrentLinkedQueue<>();
    private final AtomicBoolean asleep = new AtomicBoolean();
    private final CountDownLatch terminated = new CountDownLatch(1);
    private final ByteBuffer readBuffer = ByteBuffer.allocateDirect(READ_BYTES);
    private final Selector selector;
    private final Thread thread;
    private volatile boolean shutDown;

    EventLoop(ThreadFactory threads) {
        try {
            selector = Selector.open();
        } catch (IOException noSelector) {
            throw new UncheckedIOException(noSelector);
        }
        thread = threads.newThread(this::run);
        thread.start();
    }

    /** The one that the calling stage runs on. */
    static EventLoop current() {
        var loop = CURRENT.get();
        if (loop == null) throw new IllegalStateException("a socket outside of " + Sockets.DISPATCHER);
        return loop;
    }

    /**
     * Has {@code ready} called, on this thread, with what the channel is ready for, once for each time that the key's
     * interest is set.
     */
    SelectionKey register(SelectableChannel channel, IntConsumer ready) throws IOException {
        channel.configureBlocking(false);
        return channel.register(selector, 0, ready);
    }

    /** Really: a channel alone, while it is registered, puts that off until the next look at the sockets. */
    void closeNow(SelectableChannel channel) {
        try {
            channel.close();
            selector.selectNow();
        } catch (IOException gone) {
            LOG.debug("closing a socket", gone);
        }
    }

    /** Empty but whole for the caller, on this thread, until the next call. */
    ByteBuffer readBuffer() {
        return readBuffer.clear();
    }

    @Override
    public void execute(Runnable task) {
        if (shutDown) throw new java.util.concurrent.RejectedExecutionException("shut down");
        tasks.add(task);
        wake();
    }

    private void wake() {
        if (!thread.equals(Thread.currentThread()) && asleep.compareAndSet(true, false)) selector.wakeup();
    }

    private void run() {
        CURRENT.set(this);
        try {
            while (!(shutDown && tasks.isEmpty())) {
                for (int left = TASKS_AT_ONCE; left > 0 && runNext(); left--) {}
                sleep();
                for (var key : selector.selectedKeys()) tell(key);
                selector.selectedKeys().clear();
            }
        } catch (IOException broken) {
            LOG.error("no more sockets: the system's selector failed", broken);
        } finally {
            shutDown = true;
            closeAll();
            terminated.countDown();
        }
    }

    private boolean runNext() {
        @Nullable Runnable task = tasks.poll();
        if (task == null) return false;
        try {
            task.run();
        } catch (RuntimeException failure) {
            LOG.error("a task failed", failure);
        }
        return true;
    }

    /** Says first that it sleeps and looks for tasks then: whoever adds one in between wakes it. */
    private void sleep() throws IOException {
        asleep.set(true);
        if (tasks.isEmpty() && !shutDown) selector.select();
        else selector.selectNow();
        asleep.set(false);
    }

    private static void tell(SelectionKey key) {
        if (!key.isValid()) return;
        int ready = key.readyOps();
        key.interestOpsAnd(~ready);
        try {
            ((IntConsumer) key.attachment()).accept(ready);
        } catch (RuntimeException failure) {
            LOG.error("a socket's readiness could not be told", failure);
        }
    }

    private void closeAll() {
        try (selector) {
            for (var key : selector.keys()) key.channel().close();
        } catch (IOException gone) {
            LOG.debug("closing sockets", gone);
        }
    }

    @Override
    public void shutdown() {
        shutDown = true;
        selector.wakeup();
    }

    @Override
    public List<Runnable> shutdownNow() {
        shutdown();
        return List.of();
    }

    @Override
    public boolean isShutdown() {
        return shutDown;
    }

    @Override
    public boolean isTerminated() {
        return terminated.getCount() == 0;
    }

    @Override
    public boolean awaitTermination(long timeout, TimeUnit unit) throws InterruptedException {
        return terminated.await(timeout, unit);
    }
}
