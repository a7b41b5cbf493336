package parley.messages.group;

import static org.assertj.core.api.Assertions.assertThat;
import static parley.messages.group.Person.REGISTRY;
import static parley.messages.group.Person.TEAM;
import static parley.messages.group.Person.longer;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import parley.messages.group.Taking.Longer;

/**
 * Random deeds of random people, most of whom may not do them, from one seed that belongs into every failure message:
 * {@code -Dseed=} plays it again.
 */
class SeededLogTest {
    private static final int LOGS = 8;
    private static final int DEEDS = 300;

    private final long seed = Long.getLong("seed", System.nanoTime());
    private final Random random = new Random(seed);
    /** Two of each name, under different keys. */
    private final List<Person> people =
            IntStream.range(0, 12).mapToObj(i -> new Person("p" + i / 2, i)).toList();

    @Test
    void whatALogTookInIsWrittenAndReadBackAndTheSameForAll() {
        for (int round = 0; round < LOGS; round++) {
            var log = grown(any(people).begins(any(Policy.values())));

            var row = EntryRow.decode(EntryRow.encode(log.entries()));
            var whole = longer(
                    longer(GroupLog.begin(REGISTRY, TEAM, row.getFirst())).append(row.subList(1, row.size())));
            int cut = 1 + random.nextInt(row.size());
            var inParts = longer(longer(longer(GroupLog.begin(REGISTRY, TEAM, row.getFirst()))
                            .append(row.subList(1, cut)))
                    .append(row.subList(cut, row.size())));

            for (var other : List.of(whole, inParts)) {
                assertThat(other).as(shown()).isEqualTo(log);
                assertThat(other.id()).as(shown()).isEqualTo(log.id());
                assertThat(other.entries()).as(shown()).isEqualTo(log.entries());
                assertThat(other.members()).as(shown()).isEqualTo(log.members());
                assertThat(other.policy()).as(shown()).isEqualTo(log.policy());
            }
        }
    }

    /** Checks after every step what has to hold in every group. */
    private GroupLog grown(GroupLog begun) {
        var log = begun;
        var told = new HashMap<Long, List<GroupMember>>(Map.of(0L, log.members()));
        for (int i = 0; i < DEEDS; i++) {
            var author = any(people);
            var deed = deed();
            var before = log.members();
            var refused = log.wouldRefuse(author.name, author.key, deed);
            switch (log.append(author.writes(log, deed))) {
                case Taking.Refused(var why) -> {
                    assertThat(refused).as(shown()).contains(why);
                    assertThat(log.members()).as(shown()).isEqualTo(before);
                }
                case Longer(var longer) -> {
                    assertThat(refused).as(shown()).isEmpty();
                    log = longer;
                    told.put(log.sequence(), log.members());
                    assertThat(log.members().isEmpty() || log.members().stream().anyMatch(GroupMember::admin))
                            .as(shown())
                            .isTrue();
                    assertThat(log.members().stream().map(GroupMember::name))
                            .as(shown())
                            .doesNotHaveDuplicates();
                }
            }
        }
        remembers(log, told);
        return log;
    }

    private void remembers(GroupLog log, Map<Long, List<GroupMember>> told) {
        for (var name : people.stream().map(person -> person.name).distinct().toList()) {
            told.forEach((sequence, members) -> assertThat(log.memberAt(name, sequence).stream())
                    .as(shown())
                    .containsExactlyElementsOf(
                            members.stream().filter(m -> m.name().equals(name)).toList()));
            log.endedAt(name).ifPresent(ended -> {
                assertThat(log.memberAt(name, ended - 1)).as(shown()).isPresent();
                assertThat(log.memberAt(name, ended)).as(shown()).isEmpty();
            });
        }
    }

    private Deed deed() {
        var who = any(people);
        return switch (random.nextInt(10)) {
            case 0, 1 -> new Deed.Join();
            case 2, 3, 4 -> who.in();
            case 5 -> new Deed.Leave();
            case 6 -> new Deed.Remove(who.name);
            case 7, 8 -> new Deed.Admin(who.name, random.nextInt(3) > 0);
            default -> random.nextInt(20) == 0 ? Person.founding(Policy.OPEN) : new Deed.Become(policy());
        };
    }

    /** Mostly one that lets somebody in. */
    private Policy policy() {
        return Stream.generate(() -> any(Policy.values()))
                .filter(policy -> policy != Policy.CLOSED || random.nextInt(3) == 0)
                .findFirst()
                .orElseThrow();
    }

    private <T> T any(List<T> of) {
        return of.get(random.nextInt(of.size()));
    }

    private <T> T any(T[] of) {
        return of[random.nextInt(of.length)];
    }

    private String shown() {
        return "-Dseed=%d".formatted(seed);
    }
}
