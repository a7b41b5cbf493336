package parley.peer.terminal;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import parley.messages.name.UserName;
import parley.peer.talk.Happening;
import parley.peer.talk.Mail;
import parley.peer.talk.ModernAnswer;

/** Texts that came and were not read, for the prompt. READ, HISTORY and an answer to their writer count as reading. */
final class Unread {
    private final Map<UserName, Integer> texts = new HashMap<>();

    void begin(List<ModernAnswer.Unread> waiting) {
        texts.clear();
        waiting.forEach(from -> texts.put(from.from(), from.texts()));
    }

    int total() {
        return texts.values().stream().mapToInt(Integer::intValue).sum();
    }

    /** @return whether the total is another now */
    boolean see(Happening happening) {
        return switch (happening) {
            case Mail.MessageCame came -> {
                texts.merge(came.from(), 1, Integer::sum);
                yield true;
            }
            case Happening.Done(var command, ModernAnswer.ReadAll(var user, var read)) -> texts.remove(user) != null;
            case Happening.Done(var command, ModernAnswer.History(var user, var shown)) -> texts.remove(user) != null;
            case Happening.Done(var command, ModernAnswer.Queued(var id, var user)) -> texts.remove(user) != null;
            case Happening other -> false;
        };
    }
}
