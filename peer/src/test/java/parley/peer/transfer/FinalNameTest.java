package parley.peer.transfer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FinalNameTest {
    @TempDir
    private Path folder;

    private Path partial;

    @BeforeEach
    void receive() throws IOException {
        partial = Files.writeString(folder.resolve(".parley-bob-alice-01.partial"), "whole");
    }

    @Test
    void itGetsItsNameAndLosesTheOther() throws IOException {
        var plan = FinalName.plan(folder, partial, "pic.bin");
        assertThat(FinalName.take(folder, partial, plan)).isEqualTo(new FinalName.Named(folder.resolve("pic.bin")));
        assertThat(folder.resolve("pic.bin")).hasContent("whole");
        assertThat(partial).doesNotExist();
    }

    @Test
    void whatIsThereIsNeverReplacedAndNoLinkIsFollowed() throws IOException {
        Files.writeString(folder.resolve("pic.bin"), "mine");
        Files.createSymbolicLink(folder.resolve("pic (1).bin"), folder.resolve("nowhere"));
        var plan = FinalName.plan(folder, partial, "pic.bin");
        assertThat(plan.name()).isEqualTo("pic (2).bin");
        assertThat(FinalName.take(folder, partial, plan)).isInstanceOf(FinalName.Named.class);
        assertThat(folder.resolve("pic.bin")).hasContent("mine");
        assertThat(folder.resolve("nowhere")).doesNotExist();
    }

    @Test
    void whoeverWasFasterKeepsTheName() throws IOException {
        var plan = FinalName.plan(folder, partial, "pic.bin");
        Files.writeString(folder.resolve("pic.bin"), "somebody else's");
        assertThat(FinalName.take(folder, partial, plan)).isEqualTo(new FinalName.Taken());
        assertThat(folder.resolve("pic.bin")).hasContent("somebody else's");
        assertThat(partial).hasContent("whole");
    }

    @Test
    void aCrashBetweenTheTwoNamesIsMended() throws IOException {
        var plan = FinalName.plan(folder, partial, "pic.bin");
        Files.createLink(folder.resolve("pic.bin"), partial);
        assertThat(FinalName.take(folder, partial, plan)).isInstanceOf(FinalName.Named.class);
        assertThat(partial).doesNotExist();
        assertThat(folder.resolve("pic.bin")).hasContent("whole");
        assertThat(folder.toFile().list()).hasSize(1);
    }

    @Test
    void aCrashRightAfterItIsNamedNamesItNoSecondTime() throws IOException {
        var plan = FinalName.plan(folder, partial, "pic.bin");
        FinalName.take(folder, partial, plan);
        assertThat(FinalName.take(folder, partial, plan)).isInstanceOf(FinalName.Named.class);
        assertThat(folder.toFile().list()).hasSize(1);
    }

    @Test
    void whatIsGoneUnderBothNamesIsSaid() throws IOException {
        var plan = FinalName.plan(folder, partial, "pic.bin");
        Files.delete(partial);
        assertThat(FinalName.take(folder, partial, plan)).isEqualTo(new FinalName.Gone());
        Files.writeString(folder.resolve("pic.bin"), "another of that name");
        assertThat(FinalName.take(folder, partial, plan)).isEqualTo(new FinalName.Gone());
    }

    @Test
    void aLinkInThePlaceOfThePartialFileIsNoFile() throws IOException {
        Files.delete(partial);
        Files.createSymbolicLink(partial, folder.resolve("elsewhere"));
        assertThatThrownBy(() -> FinalName.plan(folder, partial, "pic.bin")).isInstanceOf(IOException.class);
    }
}
