package parley.peer.transfer;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;

/**
 * Gives a file that is whole and on disk its name, so that a crash at any time leaves it under the one or the other.
 *
 * <pre>
 *   plan --(written down)--&gt; take --&gt; Named
 *                             | `--&gt; Taken: plan anew          somebody else was faster
 *                             crash, then take again --&gt; Named  the file's key tells that it is ours
 * </pre>
 *
 * All calls block.
 */
public final class FinalName {
    /** Names tried. Somebody who sends more files of one name can do without the next. */
    private static final int NUMBER_MAX = 9_999;

    /**
     * What is written down before anything is named.
     *
     * @param name free when it was looked at
     * @param key what the file system calls the file, and when it was written, which stay through all names
     */
    public record Plan(String name, String key) {}

    public sealed interface Outcome {}

    /** @param path absolute */
    public record Named(Path path) implements Outcome {}

    /** Another file has the name. */
    public record Taken() implements Outcome {}

    /** Neither is there. */
    public record Gone() implements Outcome {}

    /**
     * @param name {@link FileNames#safe}
     * @throws IOException if {@code partial} is gone, or there are too many files of that name
     */
    public static Plan plan(Path folder, Path partial, String name) throws IOException {
        var key = key(partial);
        if (key.isEmpty() && !Files.isRegularFile(partial, LinkOption.NOFOLLOW_LINKS))
            throw new IOException("not a file");
        for (int number = 0; number <= NUMBER_MAX; number++) {
            var free = number == 0 ? name : FileNames.numbered(name, number);
            if (!Files.exists(folder.resolve(free), LinkOption.NOFOLLOW_LINKS)) return new Plan(free, key);
        }
        throw new IOException("%d files of that name are there already".formatted(NUMBER_MAX + 1));
    }

    public static Outcome take(Path folder, Path partial, Plan plan) throws IOException {
        return take(Disk.REAL, folder, partial, plan);
    }

    static Outcome take(Disk disk, Path folder, Path partial, Plan plan) throws IOException {
        var named = folder.resolve(plan.name);
        if (Files.exists(partial, LinkOption.NOFOLLOW_LINKS)) {
            if (!isOurs(named, plan)) {
                try {
                    move(disk, partial, named);
                } catch (FileAlreadyExistsException taken) {
                    return new Taken();
                }
            }
            Files.deleteIfExists(partial);
        } else if (!isOurs(named, plan)) return new Gone();
        disk.syncFolder(folder);
        return new Named(named.toAbsolutePath());
    }

    private static void move(Disk disk, Path partial, Path named) throws IOException {
        try {
            disk.link(named, partial);
        } catch (FileAlreadyExistsException taken) {
            throw taken;
        } catch (UnsupportedOperationException | FileSystemException noLinks) {
            Files.move(partial, named);
        }
    }

    private static boolean isOurs(Path named, Plan plan) throws IOException {
        try {
            return !plan.key.isEmpty() && key(named).equals(plan.key);
        } catch (NoSuchFileException none) {
            return false;
        }
    }

    private static String key(Path path) throws IOException {
        var seen = Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
        if (!seen.isRegularFile()) return "";
        // The file system gives a key that is free to the next file.
        return seen.fileKey() == null ? "" : "%s %s".formatted(seen.fileKey(), seen.lastModifiedTime());
    }

    private FinalName() {}
}
