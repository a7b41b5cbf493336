package parley.peer.file;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.pekko.util.ByteString;
import org.junit.jupiter.api.Test;
import parley.messages.name.GroupName;
import parley.messages.name.UserName;
import parley.messages.wire.Content.FileState.State;
import parley.messages.wire.FileOffer;
import parley.messages.wire.MessageId;
import parley.peer.store.Change;
import parley.peer.transfer.FinalName;
import parley.peer.transfer.SourceStamp;

class FileRowsTest {
    private static final MessageId ID = new MessageId(ByteString.fromArray(new byte[16]));
    private static final Ref REF = new Ref(new UserName("bob"), ID);
    private static final FileOffer OFFER = new FileOffer(1, true, 5, ByteString.fromArray(new byte[32]), "ä.txt");
    private static final SentFile SENT = new SentFile(
            ID,
            OFFER,
            Path.of("/ä"),
            new SourceStamp(5, "2026-01-02T12:00:00Z", "(dev=1,ino=2)"),
            Optional.of(new GroupName("team")),
            3,
            1,
            true);

    @Test
    void whatIsWrittenIsReadAgain() {
        var disk = new PlayedDisk();
        var receiver = new Receiver(Optional.empty(), false);
        var states = List.of(
                new CameFile.Asking(),
                new CameFile.Wanted(),
                new CameFile.NoRoom(),
                new CameFile.Paused(),
                new CameFile.Naming(new FinalName.Plan("ä (1).txt", "(dev=1,ino=2)"), "00ff"));
        for (var state : states) {
            var came = new CameFile(REF, Optional.empty(), Optional.empty(), OFFER, state, Set.of(0));
            disk.write(FileRows.put(SENT), FileRows.put(REF, receiver), FileRows.put(came));
            disk.write(FileRows.piece(REF, 0, ByteString.fromString("hello")));
            assertThat(FileRows.transfers(disk))
                    .isEqualTo(new Transfers(Map.of(ID, SENT), Map.of(REF, receiver), Map.of(REF, came)));
        }
        assertThat(FileRows.piece(REF, 0, disk)).isEqualTo(ByteString.fromString("hello"));
        disk.write(
                FileRows.delete(ID),
                FileRows.deleteReceiver(REF),
                FileRows.deleteCame(REF),
                FileRows.deletePiece(REF, 0));
        assertThat(FileRows.transfers(disk)).isEqualTo(Transfers.NONE);
        assertThat(disk.isEmpty()).isTrue();
    }

    @Test
    void whatIsStillToBeToldIsReadAgain() {
        var disk = new PlayedDisk();
        var posts = new ArrayList<Post>();
        posts.add(new Post(REF, Optional.empty(), new Post.Pieces()));
        for (var state : State.values()) posts.add(Post.say(REF, Optional.empty(), state));
        posts.forEach(post -> disk.write(FileRows.put(post)));
        assertThat(FileRows.posts(disk)).containsExactlyInAnyOrderElementsOf(posts);
        posts.forEach(post -> disk.write(FileRows.posted(post)));
        assertThat(disk.isEmpty()).isTrue();
    }

    /** Vaults in the field have these bytes: what reads them may change, they may not. */
    @Test
    void theBytesStay() {
        var id = "00".repeat(16);
        var offer = "0000000000000001" + "01" + "0000000000000005" + "00".repeat(32) + "0006" + "c3a42e747874";
        var stamp = "0000000000000005" + "14323032362d30312d30325431323a30303a30305a" + "0d286465763d312c696e6f3d3229";
        assertThat(hex(FileRows.put(SENT)))
                .isEqualTo(id + ":01" + offer + "0003" + "2fc3a4" + stamp + "01047465616d" + "0003" + "0001" + "01");
        assertThat(hex(FileRows.put(REF, new Receiver(Optional.empty(), true)))).isEqualTo(id + "03626f62:010001");
        var naming = new CameFile.Naming(new FinalName.Plan("a", "k"), "ff");
        assertThat(hex(FileRows.put(new CameFile(REF, Optional.empty(), Optional.empty(), OFFER, naming, Set.of()))))
                .isEqualTo(id + "03626f62:010000" + offer + "04" + "000161" + "016b" + "026666");
        assertThat(hex(FileRows.piece(REF, 3, ByteString.fromString("x")))).isEqualTo(id + "03626f6203:0178");
        assertThat(hex(FileRows.put(Post.say(REF, Optional.empty(), State.DONE))))
                .isEqualTo(id + "03626f6201:0100");
    }

    private static String hex(Change change) {
        var put = (Change.Put) change;
        return hex(put.key()) + ":" + hex(put.value().get());
    }

    private static String hex(ByteString bytes) {
        return HexFormat.of().formatHex(bytes.toArrayUnsafe());
    }
}
