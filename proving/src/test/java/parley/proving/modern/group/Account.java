package parley.proving.modern.group;

import static java.util.stream.Collectors.toCollection;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import parley.messages.group.GroupLog;
import parley.messages.name.UserName;

/** What everybody said and was shown, held against the log that all of them have. */
final class Account {
    private final List<Member> members;
    private final List<Set<String>> membersAt;

    Account(List<Member> members, GroupLog log) {
        this.members = members;
        var names = members.stream().map(Member::name).toList();
        this.membersAt = IntStream.range(0, log.size())
                .mapToObj(at -> sorted(names.stream()
                        .filter(name -> log.memberAt(new UserName(name), at).isPresent())))
                .toList();
    }

    private static Set<String> sorted(Stream<String> names) {
        return names.collect(toCollection(TreeSet::new));
    }

    /**
     * Each text was shown to exactly those who were members with its writer after one entry of the log, and that entry is one
     * that the writer can have known last: not before what it knew for certain, not before that of the text before.
     */
    void isSettled() {
        for (var writer : members) {
            long at = 0;
            for (var text : writer.diary().said()) {
                var shown = shown(text);
                assertThat(shown).as("shown of %s by %s", text, writer).hasSize(text.members());
                assertThat(writer.diary().reachedBy(text.id()))
                        .as("told to %s of %s", writer, text)
                        .isEqualTo(shown);
                at = justifies(Math.max(at, text.from()), writer.name(), shown);
                assertThat(at)
                        .as(
                                "an entry behind %d of the log that justifies to show %s of %s to %s",
                                at, text, writer, shown)
                        .isLessThan(membersAt.size());
            }
        }
    }

    private Set<String> shown(Diary.Said text) {
        return sorted(members.stream()
                .filter(member -> member.diary().wasShown(text.id()))
                .map(Member::name));
    }

    private long justifies(long from, String writer, Set<String> shown) {
        var all = new TreeSet<>(shown);
        all.add(writer);
        long at = from;
        while (at < membersAt.size() && !membersAt.get((int) at).equals(all)) at++;
        return at;
    }

    int texts() {
        return members.stream().mapToInt(each -> each.diary().said().size()).sum();
    }

    int shown() {
        return members.stream().mapToInt(each -> each.diary().shown()).sum();
    }
}
