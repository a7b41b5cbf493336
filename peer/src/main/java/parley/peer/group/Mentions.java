package parley.peer.group;

import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.apache.pekko.util.ByteString;
import parley.messages.group.GroupLog;
import parley.messages.name.GroupName;
import parley.messages.name.UserName;
import parley.peer.contact.Effect;
import parley.peer.talk.GroupMail;

/**
 * What is said of a group before its log is there, and whether the user was warned that it does not come. All of it is in
 * the inbox, too. Mutable.
 */
final class Mentions {
    /** More stays in the inbox alone. */
    private static final int MAX = 1_000;

    private final GroupName name;
    private final List<Effect.ForGroup> heard = new ArrayList<>();
    private boolean warned;

    Mentions(GroupName name) {
        this.name = name;
    }

    void add(Effect.ForGroup what) {
        if (heard.size() < MAX && !heard.contains(what)) heard.add(what);
    }

    boolean isEmpty() {
        return heard.isEmpty();
    }

    /** Nothing is known of it; of what was warned of it is remembered that it was. */
    boolean isOver() {
        return heard.isEmpty() && !warned;
    }

    /** Whether somebody means this very group, and not another one of its name. */
    boolean mean(GroupLog log) {
        return heard.stream().anyMatch(what -> isOf(log, what));
    }

    /** Once for each name. */
    Optional<GroupMail> warning(Function<UserName, GroupMail> trouble) {
        if (warned || heard.isEmpty()) return Optional.empty();
        warned = true;
        return Optional.of(trouble.apply(heard.getFirst().contact()));
    }

    /** Of who means another group of this name. */
    Optional<GroupMail> warningOfAnother(GroupLog log) {
        if (warned) return Optional.empty();
        var other = heard.stream().filter(what -> !isOf(log, what)).findFirst();
        warned = other.isPresent();
        return other.map(what -> GroupMail.Trouble.different(
                name,
                what.contact(),
                0,
                hex(log.id()),
                hex(what.content().place().id())));
    }

    /** All of it, which is over. */
    List<Effect.ForGroup> drop() {
        var all = List.copyOf(heard);
        heard.clear();
        return all;
    }

    private static boolean isOf(GroupLog log, Effect.ForGroup what) {
        return what.content().place().id().equals(log.id());
    }

    private static String hex(ByteString hash) {
        return HexFormat.of().formatHex(hash.toArrayUnsafe());
    }
}
