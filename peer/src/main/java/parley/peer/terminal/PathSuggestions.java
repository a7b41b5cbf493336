package parley.peer.terminal;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jline.reader.Candidate;
import parley.messages.name.Printable;

/** How a path that is being typed could go on. A quote before it stays, and is closed behind a file. */
final class PathSuggestions {
    /** Entries of a folder that are looked at. More would hold up the typist. */
    private static final int ENTRIES_MAX = 10_000;

    private final Path home;

    private PathSuggestions(Path home) {
        this.home = home;
    }

    static PathSuggestions at(Path home) {
        return new PathSuggestions(home);
    }

    List<Candidate> at(String typed) {
        var quote = typed.startsWith("\"") || typed.startsWith("'") ? typed.substring(0, 1) : "";
        var path = typed.substring(quote.length());
        int slash = path.lastIndexOf('/');
        if (slash < 0 && path.equals("~")) return List.of(folder(quote, "", "~"));
        var parent = path.substring(0, slash + 1);
        var candidates = new ArrayList<Candidate>();
        try (var entries = Files.newDirectoryStream(folder(parent))) {
            int seen = 0;
            for (var entry : entries) {
                if (++seen > ENTRIES_MAX) break;
                var name = entry.getFileName().toString();
                if (offered(name, path.substring(slash + 1), quote)) {
                    candidates.add(Files.isDirectory(entry) ? folder(quote, parent, name) : file(quote, parent, name));
                }
            }
        } catch (IOException | DirectoryIteratorException | InvalidPathException | SecurityException unreadable) {
            return List.of();
        }
        return candidates;
    }

    private Path folder(String parent) {
        if (parent.startsWith("~/")) return home.resolve(parent.substring(2));
        return Path.of(parent.isEmpty() ? "." : parent);
    }

    private static boolean offered(String name, String begun, String quote) {
        if (!name.startsWith(begun) || (name.startsWith(".") && begun.isEmpty())) return false;
        // Unquoted, blanks at either end would not survive reading the command; unprintable ones could not be seen.
        return Printable.of(name).equals(name)
                && (!quote.isEmpty() || name.strip().equals(name));
    }

    private static Candidate folder(String quote, String parent, String name) {
        return new Candidate(quote + parent + name + "/", name + "/", null, null, null, null, false);
    }

    private static Candidate file(String quote, String parent, String name) {
        return new Candidate(quote + parent + name + quote, name, null, null, null, null, true);
    }
}
