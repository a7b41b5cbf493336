package parley.proving.power;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What is on a disk for good and what is only on its way there.
 *
 * <pre>
 *   write, cut      --&gt; on its way, with its file   --fsync of the file----&gt; there
 *   make, rename,
 *   remove          --&gt; on its way, with its folder --fsync of the folder--&gt; there
 * </pre>
 */
final class Disk {
    /** SQLite maps it into memory, where nobody records, and builds it anew. */
    private static final String MAPPED = "-shm";

    /** Contents without a name: that is its folder's. */
    private static final class Contents {
        final Bytes there = new Bytes();
        List<Operation> onTheWay = new ArrayList<>();

        void sync() {
            onTheWay.forEach(there::happens);
            onTheWay = new ArrayList<>();
        }

        byte[] with(List<Operation> writes) {
            var bytes = there.copy();
            writes.forEach(bytes::happens);
            return bytes.toArray();
        }
    }

    /** A name comes, or a name goes, or one goes as the other comes. */
    private record Naming(
            @Nullable Path gone,
            @Nullable Path come,
            @Nullable Contents contents) {
        void in(Map<Path, Contents> names) {
            if (gone != null) names.remove(gone);
            if (come != null && contents != null) names.put(come, contents);
        }
    }

    private static final class Folder {
        final Map<Path, Contents> there = new TreeMap<>();
        final List<Naming> onTheWay = new ArrayList<>();

        void sync() {
            onTheWay.forEach(naming -> naming.in(there));
            onTheWay.clear();
        }
    }

    private final Map<Long, Contents> byInode = new HashMap<>();
    private final Map<Path, Contents> now = new HashMap<>();
    private final Map<Path, Folder> folders = new HashMap<>();

    static Disk after(List<Operation> operations) {
        var disk = new Disk();
        operations.forEach(disk::happens);
        return disk;
    }

    private Disk() {}

    /** Lays the files of {@code folder} into {@code into}, which is absent. */
    void lay(Path folder, Path into, Loss loss, Random random) throws IOException {
        Files.createDirectory(into, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        var there = folders.getOrDefault(folder, new Folder());
        var names = new TreeMap<>(there.there);
        int more = loss.names(there.onTheWay.size(), random);
        there.onTheWay.subList(0, more).forEach(naming -> naming.in(names));
        for (var name : names.entrySet()) {
            var contents = name.getValue();
            Files.write(
                    into.resolve(name.getKey().getFileName()), contents.with(loss.writes(contents.onTheWay, random)));
        }
    }

    private void happens(Operation operation) {
        switch (operation) {
            case Operation.Made(var path, var inode) -> {
                var contents = new Contents();
                byInode.put(inode, contents);
                named(path, new Naming(null, path, contents));
            }
            case Operation.Written written -> of(written.inode()).onTheWay.add(written);
            case Operation.Cut cut -> of(cut.inode()).onTheWay.add(cut);
            case Operation.Synced(var path, var inode) -> {
                var folder = folders.get(path);
                if (folder != null) folder.sync();
                else if (byInode.containsKey(inode)) of(inode).sync();
            }
            case Operation.Renamed(var from, var to) -> named(to, new Naming(from, to, now.get(from)));
            case Operation.Removed(var path) -> named(path, new Naming(path, null, null));
            case Operation.Opened opened -> {}
            case Operation.Printed printed -> {}
        }
    }

    private void named(Path path, Naming naming) {
        naming.in(now);
        if (path.toString().endsWith(MAPPED)) return;
        folders.computeIfAbsent(path.getParent(), first -> new Folder())
                .onTheWay
                .add(naming);
    }

    private Contents of(long inode) {
        return byInode.computeIfAbsent(inode, unknown -> {
            throw new IllegalStateException("inode %d was written, and nobody made it".formatted(inode));
        });
    }
}
