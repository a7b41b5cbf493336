package parley.proving.kill;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import parley.proving.classic.Refused;
import parley.proving.classic.RegistryLine;

/** Asks a registry for everything that the ledger says it has promised. */
final class Audit {
    private static final String SOMEWHERE = "127.0.0.1:4001";

    /** A LIST shorter than this was not cut: 1024 bytes less the longest entry. */
    private static final int UNCUT_LIST_BYTES = 1024 - 40;

    /** A busy registry takes its time to say so: this many times is a minute and more. */
    private static final int ATTEMPTS_MAX = 20;

    private final InetSocketAddress registry;
    private final Ledger ledger;
    private final List<String> missing = new ArrayList<>();

    Audit(InetSocketAddress registry, Ledger ledger) {
        this.registry = registry;
        this.ledger = ledger;
    }

    /** What is missing, in words; empty if every promise was kept. */
    List<String> of(Collection<String> users) throws IOException {
        for (var user : users) untilNotBusy(() -> account(user));
        for (var open : ledger.takeOpen()) untilNotBusy(() -> settle(open));
        untilNotBusy(this::listing);
        missing.addAll(ledger.contradictions());
        return missing;
    }

    /** The password opens the account, the name is still taken, every group has its member and its key. */
    private void account(String user) throws IOException {
        try (var line = RegistryLine.connect(registry)) {
            var password = ledger.passwordOf(user);
            if (!line.request("signup %s other %s".formatted(user, SOMEWHERE)).startsWith("Error:"))
                missing.add("the name %s was to be had again".formatted(user));
            line.must("signin %s %s %s".formatted(user, password, SOMEWHERE));
            for (var group : ledger.groupsOf(user)) ledger.key(group, line.mustBytes("key:" + group));
        } catch (Refused lost) {
            if (Load.isBusy(lost)) throw lost;
            missing.add("%s was refused: %s".formatted(user, lost.getMessage()));
        }
    }

    /** What was left open has happened or not, but not by half: doing it again gets everybody to where they wanted. */
    private void settle(Ledger.Open open) throws IOException {
        var user = open.user();
        var again = "%s %s %s".formatted(user, open.password(), SOMEWHERE);
        try (var line = RegistryLine.connect(registry)) {
            if (ledger.passwordOf(user).isEmpty()
                    && !line.request("signup " + again).startsWith("Error:")) ledger.signedUp(user, open.password());
            line.must("signin " + again);
            if (!open.group().isEmpty()) Load.enter(line, ledger, user, open.group());
        } catch (Refused halfDone) {
            if (Load.isBusy(halfDone)) throw halfDone;
            missing.add("%s was left half done: %s".formatted(open, halfDone.getMessage()));
        }
    }

    /** LIST counts everybody who was answered, and nobody who never asked. */
    private void listing() throws IOException {
        var promised = ledger.sizes();
        if (promised.isEmpty()) return;
        try (var line = RegistryLine.connect(registry)) {
            var answer = line.must("list");
            var listed = entries(answer);
            var last = answer.length() < UNCUT_LIST_BYTES
                    ? promised.lastKey()
                    : listed.keySet().stream().max(String::compareTo).orElseThrow();
            promised.headMap(last + "\0").forEach((group, size) -> {
                if (listed.getOrDefault(group, 0) < size)
                    missing.add("%s has %d members, LIST says %s".formatted(group, size, listed.get(group)));
            });
            listed.forEach((group, size) -> {
                if (size > ledger.askedFor(group))
                    missing.add("%d asked for %s, LIST says %d".formatted(ledger.askedFor(group), group, size));
            });
        } catch (Refused nothing) {
            if (Load.isBusy(nothing)) throw nothing;
            missing.add("%s promised, LIST says %s".formatted(promised, nothing.getMessage()));
        }
    }

    private interface Question {
        void ask() throws IOException;
    }

    private static void untilNotBusy(Question question) throws IOException {
        for (int attempt = 1; ; attempt++) {
            try {
                question.ask();
                return;
            } catch (Refused busy) {
                if (attempt == ATTEMPTS_MAX) throw busy;
            }
        }
    }

    private static Map<String, Integer> entries(String list) {
        return Arrays.stream(list.split(",", -1))
                .map(entry -> entry.split(":", -1))
                .collect(Collectors.toMap(field -> field[0], field -> Integer.valueOf(field[1])));
    }
}
