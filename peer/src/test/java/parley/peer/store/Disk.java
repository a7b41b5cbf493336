package parley.peer.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.apache.pekko.actor.testkit.typed.javadsl.TestInbox;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.util.ByteString;
import parley.messages.name.UserName;
import parley.messages.wire.MessageId;
import parley.peer.vault.CheapVaults;
import parley.peer.vault.Vault;

/** What a store writes to, without the store: a group at a time, when a test says so. */
public abstract class Disk {
    private final ActorRef<Store.Commitment> nobody =
            TestInbox.<Store.Commitment>create().getRef();
    private HistoryTail tail = new HistoryTail(0, Page.empty(HistoryTail.FIRST_SERIAL));

    /** All of {@code commits} as one group. */
    public List<Store.Committed> commit(List<List<Change>> commits) {
        var group = new Group();
        for (var changes : commits) group.add(new Store.Commit(changes, nobody));
        var written = write(group, tail);
        tail = written.tail();
        return IntStream.range(0, commits.size()).mapToObj(written::of).toList();
    }

    abstract Group.Written write(Group group, HistoryTail from);

    public abstract Tables tables();

    /** What a copy of the files would be. */
    public abstract Disk copy();

    /** As after a crash: what was committed is there. */
    public void reopen() {
        tail = HistoryTail.read(tables());
    }

    /** All texts in their order. */
    public List<HistoryLine> history() {
        return After.read(tables(), tail, 0, Integer.MAX_VALUE);
    }

    /** Of a text of ours in a group. */
    public Optional<GroupReach> reach(MessageId id, Reach reach) {
        return Marks.of(id, tables()).flatMap(marks -> marks.inGroup(reach));
    }

    public static Disk inMemory() {
        return new Memory(new HashMap<>());
    }

    private static final class Memory extends Disk implements Writing {
        private record Place(String table, ByteString key) {}

        private final Map<Place, ByteString> records;

        Memory(Map<Place, ByteString> records) {
            this.records = records;
        }

        @Override
        Group.Written write(Group group, HistoryTail from) {
            return group.write(this, from);
        }

        @Override
        public Tables tables() {
            return this;
        }

        @Override
        public Disk copy() {
            var copy = new Memory(new HashMap<>(records));
            copy.reopen();
            return copy;
        }

        @Override
        public void put(String table, ByteString key, ByteString value) {
            records.put(new Place(table, key), value);
        }

        @Override
        public void delete(String table, ByteString key) {
            records.remove(new Place(table, key));
        }

        @Override
        public Optional<ByteString> get(String table, ByteString key) {
            return Optional.ofNullable(records.get(new Place(table, key)));
        }

        @Override
        public List<Row> list(String table) {
            return records.entrySet().stream()
                    .filter(entry -> entry.getKey().table().equals(table))
                    .map(entry -> new Row(entry.getKey().key(), entry.getValue()))
                    .toList();
        }
    }

    /** A real vault in {@code folder}. */
    public static Disk vault(Path folder, UserName name) {
        return new InVault(folder, name, CheapVaults.create(folder, name));
    }

    private static final class InVault extends Disk {
        private final Path folder;
        private final UserName name;
        private Vault vault;

        InVault(Path folder, UserName name, Vault vault) {
            this.folder = folder;
            this.name = name;
            this.vault = vault;
        }

        @Override
        Group.Written write(Group group, HistoryTail from) {
            return vault.transaction(records -> group.write(Writing.to(records), from));
        }

        @Override
        public Tables tables() {
            return new Tables() {
                @Override
                public Optional<ByteString> get(String table, ByteString key) {
                    return vault.transaction(records -> records.get(table, key));
                }

                @Override
                public List<Row> list(String table) {
                    return vault.transaction(records -> Writing.to(records).list(table));
                }
            };
        }

        @Override
        public Disk copy() {
            try {
                vault.close();
                var beside = folder.resolveSibling(folder.getFileName() + "-" + System.nanoTime());
                Files.createDirectory(beside);
                Files.setPosixFilePermissions(beside, PosixFilePermissions.fromString("rwx------"));
                Files.copy(folder.resolve(name + ".vault"), beside.resolve(name + ".vault"));
                vault = CheapVaults.open(folder, name);
                var copy = new InVault(beside, name, CheapVaults.open(beside, name));
                copy.reopen();
                return copy;
            } catch (IOException failed) {
                throw new AssertionError(failed);
            }
        }

        @Override
        public void reopen() {
            vault.close();
            vault = CheapVaults.open(folder, name);
            super.reopen();
        }
    }
}
