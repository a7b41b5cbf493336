package parley.registry.gate;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DoorTest {
    final Door door = Limits.door(Limits.admitting(2, 4, 100));

    @Test
    void strangersFromOneAddressAreFew() {
        assertThat(fill("203.0.113.7")).isEqualTo(2);
        assertThat(fill("203.0.113.8")).isEqualTo(2);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"127.0.0.1", "10.1.2.3", "172.16.0.1", "192.168.1.1", "169.254.1.1", "::1", "fd00::1", "fe80::1"
            })
    void neighboursMayBeMore(String neighbour) {
        assertThat(fill(neighbour)).isEqualTo(4);
    }

    @ParameterizedTest
    @ValueSource(strings = {"172.32.0.1", "8.8.8.8", "2001:db8::1", "::ffff:8.8.8.8"})
    void othersAreNot(String other) {
        assertThat(fill(other)).isEqualTo(2);
    }

    @ParameterizedTest
    @CsvSource({"2001:db8::1, 2001:db8::ffff:2, 0", "2001:db8::1, 2001:db8:0:1::1, 2"})
    void aNetworkOfIpv6IsOneAddress(String first, String second, int left) {
        fill(first);
        assertThat(fill(second)).isEqualTo(left);
    }

    @Test
    void whoSignsInMakesRoom() {
        var visit = admit("203.0.113.7").orElseThrow();
        fill("203.0.113.7");
        visit.known();
        visit.known();
        assertThat(fill("203.0.113.7")).isEqualTo(1);
    }

    @Test
    void whoIsSupersededTakesRoomAgain() {
        var visit = admit("203.0.113.7").orElseThrow();
        visit.known();
        visit.unknown();
        visit.unknown();
        assertThat(fill("203.0.113.7")).isEqualTo(1);
    }

    @Test
    void whoLeavesMakesRoomOnce() {
        var visit = admit("203.0.113.7").orElseThrow();
        fill("203.0.113.7");
        visit.over();
        visit.over();
        assertThat(fill("203.0.113.7")).isEqualTo(1);
    }

    @Test
    void whoLeavesSignedInTakesNoStrangersRoomAlong() {
        var visit = admit("203.0.113.7").orElseThrow();
        visit.known();
        visit.over();
        assertThat(fill("203.0.113.7")).isEqualTo(2);
    }

    @Test
    void thereIsAnEndToAllConnectionsTogether() {
        var small = Limits.door(Limits.admitting(10, 10, 3));
        for (int i = 0; i < 3; i++)
            assertThat(small.admit(address("203.0.113." + i))).isPresent();
        assertThat(small.admit(address("203.0.113.9"))).isEmpty();
    }

    @Test
    void manyThreadsAtOnceAreCountedRight() throws InterruptedException {
        var in = new AtomicInteger();
        var most = new AtomicInteger();
        try (var threads = Executors.newFixedThreadPool(8)) {
            for (int i = 0; i < 200_000; i++) {
                threads.execute(() -> admit("203.0.113.7").ifPresent(visit -> {
                    most.accumulateAndGet(in.incrementAndGet(), Math::max);
                    in.decrementAndGet();
                    visit.over();
                }));
            }
            threads.shutdown();
            assertThat(threads.awaitTermination(20, TimeUnit.SECONDS)).isTrue();
        }
        assertThat(most).hasValueLessThanOrEqualTo(2);
        assertThat(fill("203.0.113.7")).isEqualTo(2);
    }

    @Test
    void drainingEndsWhenTheLastHasLeft() {
        var visit = admit("203.0.113.7").orElseThrow();
        var asked = new AtomicInteger();
        visit.leaveBy(asked::incrementAndGet);
        var drained = door.drain().toCompletableFuture();
        assertThat(asked).hasValue(1);
        assertThat(drained).isNotDone();
        visit.over();
        assertThat(drained).isCompleted();
    }

    @Test
    void whoSaysLateHowToLeaveIsAskedAtOnce() {
        var visit = admit("203.0.113.7").orElseThrow();
        door.drain();
        var asked = new AtomicInteger();
        visit.leaveBy(asked::incrementAndGet);
        assertThat(asked).hasValue(1);
    }

    private int fill(String from) {
        int fitted = 0;
        while (admit(from).isPresent()) fitted++;
        return fitted;
    }

    private Optional<Door.Visit> admit(String from) {
        return door.admit(address(from));
    }

    private static InetAddress address(String literal) {
        try {
            return InetAddress.getByName(literal);
        } catch (UnknownHostException impossible) {
            throw new AssertionError(impossible);
        }
    }
}
