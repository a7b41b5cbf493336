package parley.peer.terminal;

import java.util.HashMap;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import parley.messages.name.GroupName;
import parley.messages.name.UserName;
import parley.peer.talk.GroupAnswer;
import parley.peer.talk.Happening;
import parley.peer.talk.Mail;
import parley.peer.talk.ModernAnswer;

/** Texts that came and were not read, for the prompt. READ, HISTORY and an answer to their writer count as reading. */
final class Unread {
    private final Map<UserName, Integer> texts = new HashMap<>();
    private final Map<GroupName, Integer> groupTexts = new HashMap<>();

    /** Nobody is signed in. */
    void end() {
        texts.clear();
        groupTexts.clear();
    }

    void begin(ModernAnswer.Entered entered) {
        end();
        entered.unread().forEach(from -> texts.put(from.from(), from.texts()));
        for (var group : entered.groups()) if (group.texts() > 0) groupTexts.put(group.group(), group.texts());
    }

    /** {@code 3 unread}, {@code 2 in team}, {@code 3 unread, 16 in 2 groups}; empty if there are none. */
    String shown() {
        return Stream.of(fromUsers(), inGroups())
                .filter(part -> !part.isEmpty())
                .collect(Collectors.joining(", "));
    }

    private String fromUsers() {
        int total = total(texts);
        return total == 0 ? "" : total + " unread";
    }

    private String inGroups() {
        int total = total(groupTexts);
        if (total == 0) return "";
        var where =
                groupTexts.size() == 1 ? groupTexts.keySet().iterator().next().text() : groupTexts.size() + " groups";
        return "%d in %s".formatted(total, where);
    }

    private static int total(Map<?, Integer> counts) {
        return counts.values().stream().mapToInt(Integer::intValue).sum();
    }

    /** @return whether it is shown otherwise now */
    boolean see(Happening happening) {
        return switch (happening) {
            case Mail.MessageCame came -> {
                came.group()
                        .ifPresentOrElse(
                                group -> groupTexts.merge(group, 1, Integer::sum),
                                () -> texts.merge(came.from(), 1, Integer::sum));
                yield true;
            }
            case Happening.Done(var command, ModernAnswer.ReadAll(var user, var read)) -> texts.remove(user) != null;
            case Happening.Done(var command, ModernAnswer.History(var user, var shown)) -> texts.remove(user) != null;
            case Happening.Done(var command, ModernAnswer.Queued(var id, var user)) -> texts.remove(user) != null;
            case Happening.Done(var command, GroupAnswer.ReadAll(var group, var read)) -> read(group);
            case Happening.Done(var command, GroupAnswer.History(var group, var shown)) -> read(group);
            case Happening.Done(var command, GroupAnswer.Queued(var id, var group, var members)) -> read(group);
            case Happening.Done(var command, GroupAnswer.Left(var group)) -> read(group);
            case Happening other -> false;
        };
    }

    private boolean read(GroupName group) {
        return groupTexts.remove(group) != null;
    }
}
