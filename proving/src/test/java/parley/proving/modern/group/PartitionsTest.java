package parley.proving.modern.group;

import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import parley.messages.group.GroupLog;
import parley.peer.group.LogOnDisk;
import parley.proving.process.Running;

/**
 * Five members alter their group and talk in it, all at once, while the network falls into two halves again and again. {@code
 * mvn verify -pl proving -am -Dtest=PartitionsTest -Dpartitions=200 -Dchanges=500 -Dsurefire.failIfNoSpecifiedTests=false}
 * goes on for longer; {@code -Dseed=} repeats what was drawn, as far as a machine repeats itself.
 */
class PartitionsTest {
    private static final int PARTITIONS = Integer.getInteger("partitions", 40);

    /** Entries that the log has in the end, at least. */
    private static final int CHANGES = Integer.getInteger("changes", 100);

    private static final List<String> NAMES = List.of("alice", "bob", "carol", "dave", "erin");

    /** Between two looks. */
    private static final Duration LOOK = Duration.ofMillis(50);

    @TempDir
    Path folder;

    private final Web web = new Web();
    private final Callers callers = new Callers();
    private final CountDownLatch over = new CountDownLatch(1);

    @Test
    void theSameMembersAndTheSameHeadEverywhereAndNoTextLost() throws Exception {
        long seed = Long.getLong("seed", System.nanoTime());
        System.out.printf("PartitionsTest: -Dseed=%d%n", seed);
        var members = new ArrayList<Member>();
        try (var registry = Running.registry(folder.resolve("registry"));
                var threads = Executors.newCachedThreadPool()) {
            try {
                members.addAll(together(threads, NAMES, name -> () -> arrive(name, registry.modernAddress())));
                found(members);
                fallOut(members, new Random(seed), threads);
                settle(members);
                leave(members);
            } finally {
                over.countDown();
                threads.shutdownNow();
                for (var member : members) member.close();
                web.end();
            }
        }
    }

    private Member arrive(String name, String registry) throws Exception {
        return Member.arrive(name, folder.resolve(name), registry, web, callers);
    }

    private static void found(List<Member> members) throws Exception {
        for (int one = 0; one < members.size(); one++)
            for (int other = one + 1; other < members.size(); other++)
                members.get(one).meets(members.get(other));
        var founder = members.getFirst();
        founder.running().run("create %s members".formatted(Member.GROUP));
        for (var member : members.subList(1, members.size()))
            founder.running().run("invite %s %s".formatted(Member.GROUP, member));
    }

    private void fallOut(List<Member> members, Random random, ExecutorService threads) throws Exception {
        long begun = System.nanoTime();
        var changes = new AtomicInteger();
        var divided = new CountDownLatch(1);
        var ends = new ArrayList<>(NAMES);
        ends.add(Member.REGISTRY);
        var divisions = new Partitions(web, ends, PARTITIONS, new Random(random.nextLong()), this::pass);
        var work = new ArrayList<Callable<Integer>>();
        work.add(() -> {
            int partitions = divisions.call();
            divided.countDown();
            return partitions;
        });
        for (var member : members) {
            var schemer = new Schemer(
                    member,
                    NAMES,
                    new Random(random.nextLong()),
                    changes,
                    () -> over.getCount() > 0 && (divided.getCount() > 0 || changes.get() < CHANGES));
            work.add(() -> {
                schemer.call();
                return 0;
            });
        }
        together(threads, work, Function.identity());
        System.out.printf(
                "PartitionsTest: %d partitions, %d changes, %d bytes cut off in the middle, in %d s%n",
                PARTITIONS,
                changes.get(),
                Wire.LOST.get(),
                Duration.ofNanos(System.nanoTime() - begun).toSeconds());
    }

    private void pass(Duration time) throws InterruptedException {
        over.await(time.toMillis(), MILLISECONDS);
    }

    /** The network is whole again: all come back, say a last word, and know the same. */
    private void settle(List<Member> members) throws Exception {
        long end = System.nanoTime() + Member.PATIENCE.toNanos();
        var founder = members.getFirst();
        for (var view = founder.look().orElseThrow();
                view.members().size() < NAMES.size() || !isKnown(view, members); ) {
            assertThat(System.nanoTime()).as("all in, not %s", view).isLessThan(end);
            var admin = members.get(NAMES.indexOf(view.admins().iterator().next()));
            if (view.policy().equals("closed")) admin.alter("group %s members".formatted(Member.GROUP));
            for (var name : NAMES)
                if (!view.members().contains(name)) admin.alter("invite %s %s".formatted(Member.GROUP, name));
            pass(LOOK);
            view = founder.look().orElseThrow();
        }
        for (var member : members) member.say();
        while (!members.stream().allMatch(member -> member.diary().hasReachedAll())) {
            pass(LOOK);
            for (var member : members) member.listen();
            if (System.nanoTime() > end) break; // What is missing is said below.
        }
    }

    private static boolean isKnown(Member.View view, List<Member> members) throws Exception {
        for (var member : members) if (!member.look().map(view::equals).orElse(false)) return false;
        return true;
    }

    private void leave(List<Member> members) throws Exception {
        for (var member : members) member.leave();
        var logs = new ArrayList<GroupLog>();
        for (var member : members) {
            var found = LogOnDisk.read(member.accounts(), member.name(), Member.PASSWORD);
            System.out.printf(
                    "PartitionsTest: %s has %s; told %s; refused %s%n",
                    member, found, member.diary().kinds(), member.diary().refusals());
            assertThat(member.diary().troubles())
                    .as("what %s was warned of", member)
                    .isEmpty();
            assertThat(found.inbox())
                    .as("what waits for a longer log at %s", member)
                    .isZero();
            assertThat(found.letters() + found.outbox())
                    .as("what no cipher of %s has taken", member)
                    .isZero();
            logs.add(found.log());
        }
        var log = logs.getFirst();
        assertThat(logs).as("equal by their heads").containsOnly(log);
        assertThat(logs).allMatch(each -> each.members().equals(log.members()));
        var account = new Account(members, log);
        account.isSettled();
        System.out.printf(
                "PartitionsTest: %d entries, %d texts, shown %d times%n", log.size(), account.texts(), account.shown());
        assertThat(log.size()).isGreaterThan(CHANGES);
    }

    /** In the order in which they were given. The first failure ends all. */
    private <T, R> List<R> together(ExecutorService threads, List<T> all, Function<T, Callable<R>> work)
            throws Exception {
        var done = new ExecutorCompletionService<R>(threads);
        var results = all.stream().map(each -> done.submit(work.apply(each))).toList();
        for (int i = 0; i < all.size(); i++) done.take().get();
        var list = new ArrayList<R>();
        for (var result : results) list.add(result.get());
        return list;
    }
}
