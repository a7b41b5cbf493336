package parley.peer.file;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.pekko.util.ByteString;
import parley.messages.field.FieldReader;
import parley.messages.field.FieldWriter;
import parley.messages.field.MalformedFields;
import parley.messages.identity.IdentityKey;
import parley.messages.name.GroupName;
import parley.messages.name.UserName;
import parley.messages.wire.Content;
import parley.messages.wire.FileOffer;
import parley.messages.wire.MessageId;
import parley.peer.store.Change;
import parley.peer.store.Tables;
import parley.peer.transfer.FinalName;
import parley.peer.transfer.SourceStamp;

/**
 * Where the vault keeps files that are under way. Nothing of those that are over is kept.
 *
 * <pre>
 *   file-out     id 16                 version 1 | offer | path 2 | size 8 | modified | key | [group] | of 2 | reached 2 | paused
 *   file-out-to  id 16, name           version 1 | [identity 32] | has room
 *   file-in      id 16, name           version 1 | [identity 32] | [group] | offer | state 1 | of Naming: name 2, key, sha256
 *   file-piece   id 16, name, index 1  version 1 | the bytes
 *   file-post    id 16, name, what 1   version 1 | [identity 32]          what: 0 pieces, else a FILE_STATE's code
 *
 *   offer        time 8 | in pieces | size 8 | key 32 | name 2            [x]: a flag, then x if it is 1
 * </pre>
 *
 * Names, keys of the file system and moments are ASCII after one byte of length; what says 2, UTF-8 after two.
 */
final class FileRows {
    static final String OUT = "file-out";
    static final String OUT_TO = "file-out-to";
    static final String IN = "file-in";
    static final String PIECE = "file-piece";
    static final String POST = "file-post";

    private static final int VERSION = 1;
    private static final List<Content.FileState.State> STATES = List.of(Content.FileState.State.values());

    /** As the last commit left them. */
    static Transfers transfers(Tables tables) {
        return new Transfers(sent(tables), receivers(tables), came(tables));
    }

    private static Map<MessageId, SentFile> sent(Tables tables) {
        var sent = new LinkedHashMap<MessageId, SentFile>();
        tables.list(OUT).stream()
                .map(row -> sent(new MessageId(row.key()), row.value()))
                .sorted(Comparator.comparingLong(file -> file.offer().timeMillis()))
                .forEach(file -> sent.put(file.id(), file));
        return sent;
    }

    private static SentFile sent(MessageId id, ByteString row) {
        var in = FieldReader.of(row, VERSION);
        var offer = offer(in);
        var path = Path.of(utf8(in));
        var stamp = SourceStamp.read(in);
        var group = group(in);
        var file = new SentFile(id, offer, path, stamp, group, in.u16(), in.u16(), in.flag());
        in.end();
        return file;
    }

    static Change put(SentFile file) {
        return new Change.Put(OUT, file.id().bytes(), () -> {
            var out = out();
            offer(file.offer(), out);
            utf8(file.path().toString(), out);
            file.stamp().write(out);
            group(file.group(), out);
            return out.u16(file.of())
                    .u16(file.reached())
                    .u8(file.paused() ? 1 : 0)
                    .toByteString();
        });
    }

    static Change delete(MessageId id) {
        return new Change.Delete(OUT, id.bytes());
    }

    private static Map<Ref, Receiver> receivers(Tables tables) {
        var receivers = new HashMap<Ref, Receiver>();
        for (var row : tables.list(OUT_TO)) {
            var in = FieldReader.of(row.value(), VERSION);
            receivers.put(ref(new FieldReader(row.key())), new Receiver(identity(in), in.flag()));
            in.end();
        }
        return receivers;
    }

    static Change put(Ref ref, Receiver receiver) {
        return new Change.Put(OUT_TO, key(ref).toByteString(), () -> {
            var out = out();
            identity(receiver.as(), out);
            return out.u8(receiver.hasRoom() ? 1 : 0).toByteString();
        });
    }

    static Change deleteReceiver(Ref ref) {
        return new Change.Delete(OUT_TO, key(ref).toByteString());
    }

    private static Map<Ref, CameFile> came(Tables tables) {
        var pieces = new HashMap<Ref, Set<Integer>>();
        for (var row : tables.list(PIECE)) {
            var key = new FieldReader(row.key());
            pieces.computeIfAbsent(ref(key), ref -> new HashSet<>()).add(key.u8());
        }
        var came = new LinkedHashMap<Ref, CameFile>();
        for (var row : tables.list(IN)) {
            var ref = ref(new FieldReader(row.key()));
            var in = FieldReader.of(row.value(), VERSION);
            var file = new CameFile(
                    ref, identity(in), group(in), offer(in), state(in), pieces.getOrDefault(ref, Set.of()));
            in.end();
            came.put(ref, file);
        }
        return came;
    }

    static Change put(CameFile file) {
        return new Change.Put(IN, key(file.ref()).toByteString(), () -> {
            var out = out();
            identity(file.as(), out);
            group(file.group(), out);
            offer(file.offer(), out);
            state(file.state(), out);
            return out.toByteString();
        });
    }

    static Change deleteCame(Ref ref) {
        return new Change.Delete(IN, key(ref).toByteString());
    }

    static Change piece(Ref ref, int index, ByteString bytes) {
        return new Change.Put(
                PIECE, pieceKey(ref, index), () -> out().bytes(bytes).toByteString());
    }

    static Change deletePiece(Ref ref, int index) {
        return new Change.Delete(PIECE, pieceKey(ref, index));
    }

    /** @throws MalformedFields if there is no such piece */
    static ByteString piece(Ref ref, int index, Tables tables) {
        var row = tables.get(PIECE, pieceKey(ref, index)).orElseThrow(() -> new MalformedFields("a missing piece"));
        var in = FieldReader.of(row, VERSION);
        return in.bytes(in.left());
    }

    static List<Post> posts(Tables tables) {
        return tables.list(POST).stream()
                .map(row -> {
                    var key = new FieldReader(row.key());
                    var ref = ref(key);
                    int what = key.u8();
                    var in = FieldReader.of(row.value(), VERSION);
                    var post = new Post(
                            ref, identity(in), what == 0 ? new Post.Pieces() : new Post.Say(STATES.get(what - 1)));
                    in.end();
                    return post;
                })
                .toList();
    }

    static Change put(Post post) {
        return new Change.Put(POST, postKey(post), () -> {
            var out = out();
            identity(post.as(), out);
            return out.toByteString();
        });
    }

    /** His cipher has it, or never will. */
    static Change posted(Post post) {
        return new Change.Delete(POST, postKey(post));
    }

    private static ByteString postKey(Post post) {
        return key(post.ref())
                .u8(
                        switch (post.what()) {
                            case Post.Pieces() -> 0;
                            case Post.Say(var state) -> 1 + STATES.indexOf(state);
                        })
                .toByteString();
    }

    private static void offer(FileOffer offer, FieldWriter out) {
        out.u63(offer.timeMillis())
                .u8(offer.inPieces() ? 1 : 0)
                .u63(offer.size())
                .bytes(offer.key());
        utf8(offer.name(), out);
    }

    private static FileOffer offer(FieldReader in) {
        return new FileOffer(in.u63(), in.flag(), in.u63(), in.bytes(FileOffer.KEY_BYTES), utf8(in));
    }

    private static void state(CameFile.State state, FieldWriter out) {
        switch (state) {
            case CameFile.Asking() -> out.u8(0);
            case CameFile.Wanted() -> out.u8(1);
            case CameFile.NoRoom() -> out.u8(2);
            case CameFile.Paused() -> out.u8(3);
            case CameFile.Naming(var plan, var sha256) -> {
                out.u8(4);
                utf8(plan.name(), out);
                out.ascii(plan.key()).ascii(sha256);
            }
        }
    }

    private static CameFile.State state(FieldReader in) {
        int state = in.u8();
        return switch (state) {
            case 0 -> new CameFile.Asking();
            case 1 -> new CameFile.Wanted();
            case 2 -> new CameFile.NoRoom();
            case 3 -> new CameFile.Paused();
            case 4 -> new CameFile.Naming(new FinalName.Plan(utf8(in), in.ascii()), in.ascii());
            default -> throw new MalformedFields("state %d of a file".formatted(state));
        };
    }

    private static void identity(Optional<IdentityKey> as, FieldWriter out) {
        out.u8(as.isPresent() ? 1 : 0);
        as.ifPresent(identity -> out.bytes(identity.bytes()));
    }

    private static Optional<IdentityKey> identity(FieldReader in) {
        return in.flag() ? Optional.of(new IdentityKey(in.bytes(IdentityKey.BYTES))) : Optional.empty();
    }

    private static void group(Optional<GroupName> group, FieldWriter out) {
        out.u8(group.isPresent() ? 1 : 0);
        group.ifPresent(name -> out.ascii(name.text()));
    }

    private static Optional<GroupName> group(FieldReader in) {
        return in.flag() ? Optional.of(new GroupName(in.ascii())) : Optional.empty();
    }

    private static void utf8(String text, FieldWriter out) {
        var bytes = text.getBytes(StandardCharsets.UTF_8);
        out.u16(bytes.length).bytes(bytes);
    }

    private static String utf8(FieldReader in) {
        return new String(in.array(in.u16()), StandardCharsets.UTF_8);
    }

    private static FieldWriter key(Ref ref) {
        return new FieldWriter().bytes(ref.file().bytes()).ascii(ref.with().text());
    }

    private static Ref ref(FieldReader key) {
        var file = MessageId.read(key);
        return new Ref(new UserName(key.ascii()), file);
    }

    private static ByteString pieceKey(Ref ref, int index) {
        return key(ref).u8(index).toByteString();
    }

    private static FieldWriter out() {
        return new FieldWriter().u8(VERSION);
    }

    private FileRows() {}
}
