package parley.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static parley.registry.RunningRegistry.answered;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import parley.messages.directory.Limits;
import parley.messages.group.Deed;
import parley.messages.group.GroupEntry;
import parley.messages.group.GroupLog;
import parley.messages.group.Policy;
import parley.messages.group.Taking;
import parley.messages.name.GroupName;
import parley.messages.name.UserName;
import parley.registry.group.GroupDirectory;
import parley.registry.group.GroupRegistry;
import parley.registry.group.ModernGroup;

/** Modern groups, sharded, on SQLite, asked by many at once. What is answered must be there after a restart. */
class ModernGroupsOnDiskTest {
    private static final GroupName TEAM = new GroupName("team");
    private static final long SEED = System.nanoTime();
    private static final int AUTHORS = 8;
    private static final int APPENDS = 512;
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    @TempDir
    Path folder;

    @Test
    void manyAuthorsAtOnceMakeOneLogThatOutlivesTheRegistry() throws Exception {
        var data = folder.resolve("data");
        var answered = new ConcurrentHashMap<Integer, GroupEntry>();
        GroupLog log;
        Path killed;
        try (var registry = RunningRegistry.start(data)) {
            var authors = IntStream.range(0, AUTHORS)
                    .mapToObj(i -> new Person(registry.id, "p" + i, i + 1))
                    .toList();
            var first = authors.getFirst().creates(TEAM, Policy.OPEN);
            assertThat(create(registry, authors.getFirst(), TEAM, first)).isEqualTo(new ModernGroup.Created());
            answered.put(1, first);
            atOnce(authors.stream()
                    .map(author -> (Callable<Void>) () -> {
                        appends(registry, author, answered, new Random(SEED + author.name.hashCode()));
                        return null;
                    })
                    .toList());
            log = log(registry, authors.getFirst(), TEAM);
            killed = copied(data);
        }
        assertThat(log.size()).as("seed %d", SEED).isEqualTo(answered.size()).isGreaterThan(APPENDS / AUTHORS);
        for (int i = 0; i < log.size(); i++)
            assertThat(log.entries().get(i)).as("seed %d, entry %d", SEED, i).isEqualTo(answered.get(i + 1));
        for (var where : List.of(data, killed)) {
            try (var registry = RunningRegistry.start(where)) {
                assertThat(log(registry, new Person(registry.id, "anybody", 99), TEAM))
                        .as("seed %d", SEED)
                        .isEqualTo(log);
                assertThat(listed(registry, Optional.empty(), 10))
                        .containsExactly(
                                new GroupDirectory.Size(TEAM, log.members().size()));
            }
        }
    }

    /** Each on the log that he last saw; who comes too late looks again. */
    private static void appends(
            RunningRegistry registry, Person author, Map<Integer, GroupEntry> answered, Random random) {
        var log = log(registry, author, TEAM);
        for (int attempt = 0; attempt < APPENDS / AUTHORS; attempt++) {
            var entry = author.writes(log, deed(log, author, random));
            var answer = registry.<GroupRegistry.Command, ModernGroup.AppendAnswer>ask(
                    registry.groups.of(TEAM),
                    replyTo -> new ModernGroup.Append(author.name, author.chain.identity(), entry, replyTo));
            switch (answer) {
                case ModernGroup.Appended(var entries) -> {
                    assertThat(answered.put(entries, entry)).as("seed %d", SEED).isNull();
                    assertThat(log.append(entry)).isInstanceOf(Taking.Longer.class);
                    log = longer(log.append(entry));
                }
                case ModernGroup.HeadMoved moved -> log = log(registry, author, TEAM);
                case ModernGroup.Busy busy -> throw new AssertionError("the disk takes everything");
                case ModernGroup.Refused(var why) ->
                    assertThat(log.append(entry)).as("seed %d", SEED).isEqualTo(new Taking.Refused(why));
                case ModernGroup.Unknown unknown -> throw new AssertionError("unknown, seed " + SEED);
            }
        }
    }

    private static Deed deed(GroupLog log, Person author, Random random) {
        if (log.member(author.name).isEmpty()) return new Deed.Join();
        var other = log.members().get(random.nextInt(log.members().size())).name();
        return switch (random.nextInt(8)) {
            case 0 -> new Deed.Leave();
            case 1 -> new Deed.Remove(other);
            case 2, 3 -> new Deed.Admin(other, random.nextBoolean());
            default -> new Deed.Add(new UserName("guest" + random.nextInt(50)), author.chain.identity());
        };
    }

    @Test
    void twoWorldsCannotTakeOneName() throws Exception {
        var names = IntStream.range(0, 50)
                .mapToObj(i -> new GroupName("g%02d".formatted(i)))
                .toList();
        var modern = new HashSet<GroupName>();
        Person alice;
        try (var registry = RunningRegistry.start(folder)) {
            alice = new Person(registry.id, "alice", 1);
            for (var name : names) {
                var first = alice.creates(name, Policy.OPEN);
                var owner = new UserName("bob");
                var answers = atOnce(List.<Callable<Object>>of(
                        () -> create(registry, alice, name, first),
                        () -> registry.<GroupRegistry.Command, GroupRegistry.CreateAnswer>ask(
                                registry.groups.of(name), replyTo -> new GroupRegistry.Create(owner, replyTo))));
                if (answers.getFirst().equals(new ModernGroup.Created())) modern.add(name);
                assertThat(answers)
                        .as("%s", name)
                        .isEqualTo(
                                modern.contains(name)
                                        ? List.of(new ModernGroup.Created(), new GroupRegistry.GroupExists())
                                        : List.of(new ModernGroup.Taken(), new GroupRegistry.Created()));
            }
        }
        try (var registry = RunningRegistry.start(folder)) {
            assertThat(listed(registry, Optional.empty(), 1_000))
                    .extracting(GroupDirectory.Size::group)
                    .isEqualTo(names.stream().filter(modern::contains).toList());
            assertThat(answered(registry.groups.list(1_000_000, RunningRegistry.PATIENCE)))
                    .extracting(GroupDirectory.Size::group)
                    .isEqualTo(names.stream()
                            .filter(name -> !modern.contains(name))
                            .toList());
        }
    }

    @Test
    void theListIsInTheOrderOfNamesOverAllSlices() throws Exception {
        try (var registry = RunningRegistry.start(folder)) {
            var alice = new Person(registry.id, "alice", 1);
            var names = IntStream.range(0, 40)
                    .mapToObj(i -> new GroupName("g%02d".formatted(i)))
                    .toList();
            for (var name : names) {
                var policy = name.text().endsWith("7") ? Policy.INVITE : Policy.OPEN;
                assertThat(create(registry, alice, name, alice.creates(name, policy)))
                        .isEqualTo(new ModernGroup.Created());
            }
            var open = names.stream().filter(name -> !name.text().endsWith("7")).toList();
            assertThat(listed(registry, Optional.empty(), 1_000))
                    .extracting(GroupDirectory.Size::group)
                    .isEqualTo(open);
            assertThat(listed(registry, Optional.of(open.get(9)), 5))
                    .extracting(GroupDirectory.Size::group)
                    .isEqualTo(open.subList(10, 15));
            assertThat(listed(registry, Optional.of(open.getLast()), 5)).isEmpty();
        }
    }

    private static <T> List<T> atOnce(List<Callable<T>> tasks) throws Exception {
        try (var threads = Executors.newFixedThreadPool(tasks.size())) {
            var done = new ArrayList<T>();
            for (var task : threads.invokeAll(tasks))
                done.add(assertThat(task).succeedsWithin(PATIENCE).actual());
            return done;
        }
    }

    private static ModernGroup.CreateAnswer create(
            RunningRegistry registry, Person by, GroupName name, GroupEntry first) {
        return registry.ask(
                registry.groups.of(name),
                replyTo -> new ModernGroup.Create(by.name, by.chain.identity(), first, replyTo));
    }

    private static List<GroupDirectory.Size> listed(RunningRegistry registry, Optional<GroupName> after, int max) {
        return answered(registry.groups.listModern(after, max, RunningRegistry.PATIENCE));
    }

    /** As a peer would fetch and verify it. */
    private static GroupLog log(RunningRegistry registry, Person asker, GroupName name) {
        var entries = new ArrayList<GroupEntry>();
        int size;
        do {
            var answer = (ModernGroup.Log) registry.<GroupRegistry.Command, ModernGroup.LogAnswer>ask(
                    registry.groups.of(name),
                    replyTo -> new ModernGroup.LogOf(asker.name, entries.size(), Limits.ROW_BYTES_MAX, replyTo));
            entries.addAll(answer.row());
            size = answer.entries();
        } while (entries.size() < size);
        var begun = longer(GroupLog.begin(registry.id, name, entries.getFirst()));
        return longer(begun.append(entries.subList(1, entries.size())));
    }

    private static GroupLog longer(Taking answer) {
        return switch (answer) {
            case Taking.Longer(var log) -> log;
            case Taking.Refused(var why) -> throw new AssertionError("refused: " + why);
        };
    }

    /** What a kill at this moment would leave. */
    private Path copied(Path data) throws IOException {
        var copy = Files.createDirectory(folder.resolve("killed"));
        for (var file :
                List.of("identity", "journal.sqlite", "journal.sqlite-wal", "shelf.sqlite", "shelf.sqlite-wal", "lock"))
            Files.copy(data.resolve(file), copy.resolve(file));
        return copy;
    }
}
