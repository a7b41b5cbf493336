package parley.proving.modern;

import static org.assertj.core.api.Assertions.assertThat;
import static parley.proving.process.Running.event;

import java.io.Closeable;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;
import parley.proving.process.Launch;
import parley.proving.process.Running;

/**
 * Five who alter a group and write in it, all at once, while some of them are cut off again and again: {@code mvn verify
 * -pl proving -am -Dtest=GroupStormTest -Dgroup.partitions=200 -Dgroup.changes=500
 * -Dsurefire.failIfNoSpecifiedTests=false}. {@code -Dseed=} draws the same again; what the machine makes of it differs.
 */
@EnabledIfSystemProperty(named = "group.partitions", matches = "[0-9]+")
class GroupStormTest {
    private static final int PARTITIONS = Integer.getInteger("group.partitions", 15);
    private static final int CHANGES = Integer.getInteger("group.changes", 40);

    /** These two stay all the time, and see all that happens. */
    private static final List<String> STEADY = List.of("alice", "bob");

    private static final List<String> PASSING = List.of("carol", "dave", "erin");

    /** An address of documentation (RFC 5737): who is told to listen there gets everything by the mailbox. */
    private static final String NOWHERE = "192.0.2.1:0";

    private static final List<String> CALLED = List.of("alice", "carol", "erin");
    private static final Duration PATIENCE = Duration.ofMinutes(1);
    private static final Duration LOOK = Duration.ofMillis(50);

    @TempDir
    Path folder;

    private final long seed = Long.getLong("seed", System.nanoTime());
    private final SplittableRandom random = new SplittableRandom(seed);
    private final Deque<Closeable> open = new ArrayDeque<>();
    private final List<Insider> all = new ArrayList<>();
    private final AtomicInteger changes = new AtomicInteger();
    private final AtomicBoolean calm = new AtomicBoolean();

    @AfterEach
    void close() throws Exception {
        while (!open.isEmpty()) open.pop().close();
    }

    @Test
    void allEndWithTheSameGroupAndNothingThatWasWrittenIsLost() throws Exception {
        gather();
        storm();
        var members = agree();
        for (var one : members) one.writes();
        for (var one : members) arrives(one, members);
        for (var one : all)
            for (var writer : all)
                assertThat(outOfOrder(one.shownFrom(writer.name)))
                        .as("%s was shown of %s %s, -Dseed=%d", one.name, writer.name, one.shownFrom(writer.name), seed)
                        .isEmpty();
        for (var one : all)
            assertThat(one.troubles()).as("-Dseed=%d", seed).allMatch(trouble -> trouble.startsWith("not-a-member"));
        System.out.printf(
                "GroupStormTest: %d partitions, %d changes, %d texts, %d members in the end, -Dseed=%d%n",
                PARTITIONS,
                changes.get(),
                all.stream().mapToInt(one -> one.written().size()).sum(),
                members.size(),
                seed);
    }

    private void gather() throws Exception {
        var registry = Running.ready(Launch.registry(folder.resolve("registry")));
        open.push(registry::close);
        for (var name : STEADY) all.add(arrive(registry, name));
        for (var name : PASSING) all.add(arrive(registry, name));
        for (var one : all)
            for (var other : all.subList(0, all.indexOf(one)))
                Town.acquaint(one.peer(), one.name, other.peer(), other.name);
        var alice = all.getFirst();
        assertThat(alice.alters("create " + Insider.GROUP)).isTrue();
        assertThat(alice.alters("invite %s bob".formatted(Insider.GROUP))).isTrue();
        assertThat(alice.alters("admin %s bob".formatted(Insider.GROUP))).isTrue();
    }

    private Insider arrive(Running registry, String name) throws Exception {
        var at = registry.modernAddress();
        var way = new Way(
                Integer.parseInt(at.substring(at.indexOf(':') + 1, at.indexOf('#'))),
                Way.End.CALLER,
                Integer.MAX_VALUE);
        open.push(way::close);
        var launch = Launch.modern(
                        "127.0.0.1:%d%s".formatted(way.port(), at.substring(at.indexOf('#'))), folder.resolve(name))
                .configured("parley.peer.modern.registry { reconnect-min = 50 ms, reconnect-max = 300 ms }")
                .configured(
                        "parley.peer.modern.delivery { mailbox-after = 100 ms, retry-min = 100 ms, retry-max = 1 s }");
        var peer = Running.ready(CALLED.contains(name) ? launch : launch.with("--listen", NOWHERE));
        open.push(peer::close);
        peer.run("signup %s %s".formatted(name, Town.PASSWORD));
        peer.run("signin %s %s".formatted(name, Town.PASSWORD));
        return new Insider(name, peer, way);
    }

    private void storm() throws Exception {
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<?>> running = new ArrayList<>();
            for (var one : all) {
                var own = random.split();
                running.add(threads.submit(() -> {
                    while (!calm.get()) acts(one, own);
                    return null;
                }));
            }
            for (int partition = 0; partition < PARTITIONS || changes.get() < CHANGES; partition++) {
                int who = random.nextInt(1, 1 << all.size());
                for (int i = 0; i < all.size(); i++)
                    if ((who >> i & 1) == 1) all.get(i).way().part();
                pause(random.nextInt(20, 200));
                all.forEach(one -> one.way().mend());
                pause(random.nextInt(200, 800));
            }
            calm.set(true);
            for (var each : running) each.get();
        }
    }

    private void pause(int millis) throws InterruptedException {
        all.getFirst().peer().runFor(Duration.ofMillis(millis));
    }

    private void acts(Insider one, SplittableRandom own) throws Exception {
        var other = PASSING.get(own.nextInt(PASSING.size()));
        boolean passing = PASSING.contains(one.name);
        var command = switch (own.nextInt(12)) {
            case 0, 1, 2 -> "invite %s " + other;
            case 3 -> "remove %s " + other;
            case 4 -> "admin %s " + other;
            case 5 -> "group %s " + List.of("open", "members", "invite").get(own.nextInt(3));
            case 6 -> passing ? "leave %s" : "invite %s " + other;
            case 7 -> passing ? "join %s" : "group %s open";
            default -> null;
        };
        if (command == null) one.writes();
        else if (one.alters(command.formatted(Insider.GROUP))) changes.incrementAndGet();
    }

    /** @return who is in it, as all of them see it */
    private List<Insider> agree() throws Exception {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (true) {
            var seen = all.getFirst().does("group " + Insider.GROUP);
            var names = seen.path("members").findValuesAsText("name");
            var members = all.stream().filter(one -> names.contains(one.name)).toList();
            boolean same = true;
            for (var one : members) {
                var view = one.does("group " + Insider.GROUP);
                same &= event("ok").test(view)
                        && Objects.equals(view.path("head"), seen.path("head"))
                        && view.path("members").findValuesAsText("name").equals(names);
            }
            if (same) return members;
            assertThat(System.nanoTime())
                    .as("not the same group, -Dseed=%d", seed)
                    .isLessThan(end);
            pause((int) LOOK.toMillis());
        }
    }

    /** All that was written for him by somebody who had seen him come for the last time. */
    private void arrives(Insider reader, List<Insider> members) throws Exception {
        var joined = all.getFirst().joinedAtMost();
        var due = members.stream()
                .filter(writer -> !writer.equals(reader))
                .flatMap(writer -> writer.written().stream())
                .filter(text ->
                        hasSeenAllComing(text, text.from(), joined) && hasSeenAllComing(text, reader.name, joined))
                .toList();
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (true) {
            reader.listens();
            var missing = due.stream()
                    .filter(text -> !reader.shownFrom(text.from()).contains(text.number()))
                    .toList();
            if (missing.isEmpty()) return;
            assertThat(System.nanoTime())
                    .as(
                            "%s misses %s, -Dseed=%d%n%s",
                            reader.name, missing, seed, reader.peer().tail())
                    .isLessThan(end);
            pause((int) LOOK.toMillis());
        }
    }

    private static List<Integer> outOfOrder(List<Integer> shown) {
        return IntStream.range(1, shown.size())
                .filter(i -> shown.get(i) <= shown.get(i - 1))
                .mapToObj(shown::get)
                .toList();
    }

    private static boolean hasSeenAllComing(Insider.Text text, String who, Map<String, Integer> joined) {
        if (text.joined().isEmpty()) return false;
        return STEADY.contains(who) || Objects.equals(text.joined().get(who), joined.get(who));
    }
}
