package parley.peer.terminal;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jline.reader.Candidate;
import org.jline.reader.Completer;
import org.jline.reader.LineReader;
import org.jline.reader.ParsedLine;
import parley.messages.group.Policy;
import parley.messages.name.BadName;
import parley.messages.name.GroupName;
import parley.messages.name.UserName;
import parley.peer.command.Verb;

/** What could stand at the cursor: verbs, keywords, users and groups met, paths. */
final class Suggestions implements Completer {
    private static final String GROUP = "GROUP";

    private final Acquaintances met;
    private final PathSuggestions paths;

    private Suggestions(Acquaintances met, PathSuggestions paths) {
        this.met = met;
        this.paths = paths;
    }

    /** @param home what {@code ~} stands for */
    static Suggestions of(Acquaintances met, Path home) {
        return new Suggestions(met, PathSuggestions.at(home));
    }

    @Override
    public void complete(LineReader reader, ParsedLine line, List<Candidate> candidates) {
        candidates.addAll(at(Typed.of(line.line(), line.cursor())));
    }

    List<Candidate> at(Typed typed) {
        var before = typed.before();
        if (Typed.expectsPath(before)) return paths.at(typed.word());
        if (before.isEmpty()) return words(Verb.words());
        return Verb.of(before.getFirst())
                .map(verb -> after(verb, before, typed))
                .orElse(List.of());
    }

    private List<Candidate> after(Verb verb, List<String> before, Typed typed) {
        boolean first = before.size() == 1;
        return switch (verb) {
            case SIGNUP, LIST, EXIT, CONTACTS, STATUS, PASSWD, TRANSFERS -> List.of();
            case PAUSE, RESUME, CANCEL -> first ? words(met.files()) : List.of();
            case SIGNIN, ACCEPT, BLOCK, VERIFY, REVOKE -> first ? words(met.users()) : List.of();
            case HISTORY, READ -> conversation(before.subList(1, before.size()));
            case SEARCH -> search(before);
            case EXPORT, IMPORT -> first ? paths.at(typed.word()) : List.of();
            case MEMBERS, JOIN, LEAVE -> first ? words(met.groups()) : List.of();
            case CREATE -> before.size() == 2 ? policies() : List.of();
            case GROUP -> first ? words(met.groups()) : before.size() == 2 ? policies() : List.of();
            case INVITE -> first ? words(met.groups()) : before.size() == 2 ? strangers(before.get(1)) : List.of();
            case REMOVE -> first ? words(met.groups()) : before.size() == 2 ? members(before.get(1)) : List.of();
            case ADMIN -> admin(before);
            case HELP -> first ? words(Verb.words()) : List.of();
            case SEND -> send(before);
        };
    }

    /** @param before what was typed of it */
    private List<Candidate> conversation(List<String> before) {
        if (before.isEmpty()) {
            var names = new TreeSet<String>();
            met.users().forEach(user -> names.add(user.text()));
            met.groups().forEach(group -> names.add(group.text()));
            names.add(GROUP);
            return words(names);
        }
        if (before.size() > 1) return List.of();
        if (Typed.is(before, 0, GROUP)) return words(met.groups());
        return Typed.is(before, 0, "--") ? words(met.users()) : List.of();
    }

    private List<Candidate> search(List<String> before) {
        for (int in = before.size() - 1; in >= 2 && in >= before.size() - 2; in--)
            if (Typed.is(before, in, "in")) return conversation(before.subList(in + 1, before.size()));
        return List.of();
    }

    private List<Candidate> admin(List<String> before) {
        return switch (before.size()) {
            case 1 -> words(met.groups());
            case 2 -> members(before.get(1));
            case 3 -> words(List.of("off"));
            default -> List.of();
        };
    }

    private List<Candidate> members(String group) {
        return words(members(group, met));
    }

    /** Whoever is not in it yet. */
    private List<Candidate> strangers(String group) {
        var candidates = new ArrayList<UserName>();
        met.users().forEach(candidates::add);
        members(group, met).forEach(candidates::remove);
        return words(candidates);
    }

    /** None if it is no name. */
    private static Iterable<UserName> members(String group, Acquaintances met) {
        try {
            return met.members(new GroupName(group));
        } catch (BadName bad) {
            return List.of();
        }
    }

    private static List<Candidate> policies() {
        return words(Stream.of(Policy.values()).map(Policy::word).toList());
    }

    private List<Candidate> send(List<String> before) {
        boolean named = Typed.is(before, 1, GROUP) || Typed.is(before, 1, "--");
        if (before.size() == 1) {
            var candidates = words(met.users());
            candidates.add(new Candidate(GROUP));
            return candidates;
        }
        if (Typed.expectsGroups(before)) return groups();
        if (before.size() == 2 && named) return words(met.users());
        return before.size() == (named ? 3 : 2) ? words(List.of("FILE")) : List.of();
    }

    /** Without a blank behind them: a comma and another may follow. */
    private List<Candidate> groups() {
        var candidates = new ArrayList<Candidate>();
        for (var group : met.groups()) {
            candidates.add(new Candidate(group.text(), group.text(), null, null, null, null, false));
        }
        return candidates;
    }

    private static List<Candidate> words(Iterable<?> words) {
        var candidates = new ArrayList<Candidate>();
        for (var word : words) candidates.add(new Candidate(word.toString()));
        return candidates;
    }
}
