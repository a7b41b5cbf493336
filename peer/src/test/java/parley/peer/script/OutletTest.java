package parley.peer.script;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import parley.messages.name.UserName;
import parley.peer.talk.Happening;
import parley.peer.talk.Party;

@Timeout(20)
class OutletTest {
    @Test
    void aLineIsCompleteWhenItWasFlushed() {
        var flushed = new ByteArrayOutputStream();
        var outlet = Outlet.to(
                new OutputStream() {
                    private final ByteArrayOutputStream pending = new ByteArrayOutputStream();

                    @Override
                    public void write(int b) {
                        pending.write(b);
                    }

                    @Override
                    public void flush() throws IOException {
                        pending.writeTo(flushed);
                        pending.reset();
                    }
                },
                () -> {});
        assertThat(outlet.line("grüße")).succeedsWithin(Duration.ofSeconds(5));
        assertThat(flushed.toString(StandardCharsets.UTF_8)).isEqualTo("grüße\n");
    }

    @Test
    void aReaderThatStopsHoldsTheLineBackAndNotTheWriter() throws IOException {
        var reader = new PipedInputStream(16);
        var outlet = Outlet.to(new PipedOutputStream(reader), () -> {});
        var line = outlet.line("x".repeat(100));
        var next = outlet.line("y");
        assertThat(next).isNotCompleted();
        reader.readNBytes(103);
        assertThat(line).succeedsWithin(Duration.ofSeconds(5));
        assertThat(next).succeedsWithin(Duration.ofSeconds(5));
    }

    @Test
    void aBrokenPipeIsToldOnceAndAllLinesFail() throws InterruptedException {
        var told = new CountDownLatch(1);
        var outlet = Outlet.to(
                new OutputStream() {
                    @Override
                    public void write(int b) throws IOException {
                        throw new IOException("Broken pipe");
                    }
                },
                told::countDown);
        assertThat(outlet.line("one")).failsWithin(Duration.ofSeconds(5));
        assertThat(told.await(5, TimeUnit.SECONDS)).isTrue();
        assertThat(outlet.line("two")).failsWithin(Duration.ofSeconds(5));
        outlet.close();
    }

    @Test
    void closingWritesWhatIsWaiting() {
        var written = new ByteArrayOutputStream();
        var outlet = Outlet.to(written, () -> {});
        for (int i = 0; i < 10_000; i++) outlet.line("line");
        outlet.close();
        assertThat(written.size()).isEqualTo(50_000);
    }

    @Test
    void progressIsToldFourTimesASecondAndAtTheEnd() {
        var now = new long[1];
        var pace = Pace.of(() -> now[0]);
        assertThat(pace.allows(progress(1, 10))).isTrue();
        assertThat(pace.allows(progress(1, 20))).isFalse();
        assertThat(pace.allows(progress(2, 10))).isTrue();
        now[0] += Duration.ofMillis(250).toNanos();
        assertThat(pace.allows(progress(1, 30))).isTrue();
        assertThat(pace.allows(progress(1, 100))).isTrue();
    }

    private static Happening.Progress progress(long id, long bytes) {
        return new Happening.Progress(id, Happening.Way.IN, new Party.User(new UserName("bob")), "x", bytes, 100);
    }
}
