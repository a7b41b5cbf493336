package parley.peer.terminal;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jline.reader.Candidate;
import org.jline.reader.Completer;
import org.jline.reader.LineReader;
import org.jline.reader.ParsedLine;
import parley.peer.command.Verb;

/** What could stand at the cursor: verbs, keywords, users and groups met, paths. */
final class Suggestions implements Completer {
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
                .map(verb -> switch (verb) {
                    case SIGNUP, LIST, MEMBERS, CREATE, EXIT, CONTACTS, STATUS, SEARCH, PASSWD -> List.<Candidate>of();
                    case SIGNIN, ACCEPT, BLOCK, VERIFY, HISTORY, READ, REVOKE ->
                        before.size() == 1 ? words(met.users()) : List.<Candidate>of();
                    case EXPORT, IMPORT -> before.size() == 1 ? paths.at(typed.word()) : List.<Candidate>of();
                    case JOIN -> before.size() == 1 ? words(met.groups()) : List.<Candidate>of();
                    case HELP -> before.size() == 1 ? words(Verb.words()) : List.<Candidate>of();
                    case SEND -> send(before);
                })
                .orElse(List.of());
    }

    private List<Candidate> send(List<String> before) {
        boolean named = Typed.is(before, 1, "group") || Typed.is(before, 1, "--");
        if (before.size() == 1) {
            var candidates = words(met.users());
            candidates.add(new Candidate("GROUP"));
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
