package parley.peer.vault;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.SequenceInputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import org.apache.pekko.util.ByteString;
import parley.messages.field.FieldReader;
import parley.messages.field.FieldWriter;
import parley.messages.field.MalformedFields;
import parley.messages.name.BadName;
import parley.messages.name.UserName;
import parley.peer.cipher.primitive.Argon2id.Cost;
import parley.peer.vault.VaultRefused.Reason;

/**
 * A vault as one file, under a password of its own; inside, the vault's own password still holds.
 *
 * <pre>
 *   0       22        23           48       55
 *   | label | version | stretching | prefix | chunks of: ascii name, SQLite file |
 * </pre>
 */
final class Backup {
    private static final int VERSION = 1;
    private static final ByteString LABEL = Label.BACKUP.begin().toByteString();

    static final int HEADER_BYTES = LABEL.size() + 1 + Stretching.BYTES + Chunks.PREFIX_BYTES;

    /** @param image the copy of a vault that nobody writes */
    static void write(Path file, UserName name, Path image, Passphrase password, Cost cost, SecureRandom random)
            throws IOException {
        try (var out = created(file)) {
            try {
                write(out, name, image, Stretching.fresh(cost, random), password, random);
            } catch (IOException | RuntimeException failed) {
                // It was made by us a moment ago, and half a backup is none.
                Files.deleteIfExists(file);
                throw failed;
            }
        }
        var folder = file.toAbsolutePath().getParent();
        if (folder != null) VaultFiles.sync(folder);
    }

    private static FileChannel created(Path file) throws IOException {
        try {
            return VaultFiles.createPrivate(file);
        } catch (FileAlreadyExistsException there) {
            throw new VaultRefused(Reason.THERE_ALREADY, "There is a file %s already".formatted(file), there);
        }
    }

    private static void write(
            FileChannel out, UserName name, Path image, Stretching stretching, Passphrase password, SecureRandom random)
            throws IOException {
        var prefix = Nonces.random(random, Chunks.PREFIX_BYTES);
        var header =
                stretching.write(Label.BACKUP.begin().u8(VERSION)).bytes(prefix).toByteString();
        var named =
                new ByteArrayInputStream(new FieldWriter().ascii(name.text()).toBytes());
        var key = stretching.key(password);
        try (var plain = new SequenceInputStream(named, Files.newInputStream(image))) {
            var sealed = Channels.newOutputStream(out);
            sealed.write(header.toArrayUnsafe());
            new Chunks(key, prefix, header).seal(plain, sealed);
            out.force(true);
        } finally {
            key.wipe();
        }
    }

    /** Makes a vault of {@code file}, unless there is one already. Until all of it was opened there is none. */
    static UserName restore(Path folder, Path file, Passphrase password) throws IOException {
        try (var in = Files.newInputStream(file)) {
            var header = ByteString.fromArrayUnsafe(in.readNBytes(HEADER_BYTES));
            var fields = new FieldReader(header);
            var stretching = stretching(fields);
            var key = stretching.key(password);
            try {
                return restore(folder, new Chunks(key, fields.bytes(Chunks.PREFIX_BYTES), header).opening(in));
            } finally {
                key.wipe();
            }
        } catch (MalformedFields | BadName malformed) {
            throw new VaultRefused(Reason.DAMAGED, "%s is no backup of a vault".formatted(file), malformed);
        }
    }

    private static Stretching stretching(FieldReader header) {
        if (!header.bytes(LABEL.size()).equals(LABEL)) throw new MalformedFields("another label");
        int version = header.u8();
        if (version > VERSION)
            throw new VaultRefused(
                    Reason.TOO_NEW, "The backup has version %d, expected %d".formatted(version, VERSION));
        if (version < VERSION) throw new MalformedFields("version 0");
        return Stretching.read(header);
    }

    private static UserName restore(Path folder, Chunks.Opening chunks) throws IOException {
        var first = chunks.next();
        if (first == null) throw new MalformedFields("nothing");
        var fields = new FieldReader(ByteString.fromArrayUnsafe(first));
        var files = VaultFiles.in(folder, new UserName(fields.ascii()));
        var lock = VaultLock.take(files);
        try {
            files.mustBeAbsent();
            files.discardDraft();
            try {
                fill(files, fields.array(fields.left()), chunks);
                // Refuses what is no vault before anybody takes it for one.
                Database.open(files.draft()).close();
                files.publishDraft();
                return files.name();
            } finally {
                files.discardDraft();
            }
        } finally {
            lock.close();
        }
    }

    private static void fill(VaultFiles files, byte[] first, Chunks.Opening chunks) throws IOException {
        try (var draft = VaultFiles.createPrivate(files.draft())) {
            for (var chunk = first; chunk != null; chunk = chunks.next()) {
                var left = ByteBuffer.wrap(chunk);
                while (left.hasRemaining()) draft.write(left);
            }
        }
    }

    private Backup() {}
}
