package parley.peer.command;

import java.util.Locale;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import parley.messages.group.Policy;
import parley.messages.name.GroupName;
import parley.messages.name.UserName;
import parley.messages.settings.Nearest;
import parley.peer.command.Words.NotSo;

/** Lines about groups: a group's name comes first, then whom or what it is about. */
final class GroupCommands {
    static Input create(Words words) throws NotSo {
        return words.alone(new Input.Create(group(words), policy(words.next())));
    }

    static Input members(Words words) throws NotSo {
        var group = words.next();
        return words.alone(new Input.Members(group.isEmpty() ? null : new GroupName(group)));
    }

    static Input named(Words words, Function<GroupName, Input> command) throws NotSo {
        return words.alone(command.apply(group(words)));
    }

    static Input about(Words words, BiFunction<GroupName, UserName, Input> command) throws NotSo {
        return words.alone(command.apply(group(words), new UserName(words.needed())));
    }

    static Input admin(Words words) throws NotSo {
        var group = group(words);
        var user = new UserName(words.needed());
        return switch (words.next().toLowerCase(Locale.ROOT)) {
            case "", "on" -> words.alone(new GroupInput.Admin(group, user, true));
            case "off" -> words.alone(new GroupInput.Admin(group, user, false));
            default -> throw new NotSo("");
        };
    }

    static Input group(Words words, Function<GroupName, Input> show) throws NotSo {
        var group = group(words);
        var policy = policy(words.next());
        return words.alone(policy == null ? show.apply(group) : new GroupInput.SetPolicy(group, policy));
    }

    private static GroupName group(Words words) throws NotSo {
        return new GroupName(words.needed());
    }

    private static @Nullable Policy policy(String typed) throws NotSo {
        if (typed.isEmpty()) return null;
        var known = Policy.ofWord(typed.toLowerCase(Locale.ROOT));
        if (known.isPresent()) return known.get();
        var words = Stream.of(Policy.values()).map(Policy::word).toList();
        throw new NotSo("Unknown policy %s. %s"
                .formatted(
                        Help.shown(typed),
                        Nearest.to(typed, words)
                                .map("Did you mean %s?"::formatted)
                                .orElse(words.stream().collect(Collectors.joining(", ", "Expected one of ", "")))));
    }

    private GroupCommands() {}
}
