package parley.proving.power;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;

/** A disk with so many bytes left, below a folder. */
record Room(Interposer interposer, Path folder, Path file) {
    private static final long PLENTY_BYTES = Long.MAX_VALUE / 2;

    static Room plenty(Interposer interposer, Path folder, Path file) throws IOException {
        var room = new Room(interposer, Files.createDirectories(folder).toRealPath(), file);
        room.makePlenty();
        return room;
    }

    void makePlenty() throws IOException {
        leave(PLENTY_BYTES);
    }

    /** In place: the programs have mapped it. */
    void leave(long bytes) throws IOException {
        var number =
                ByteBuffer.allocate(Long.BYTES).order(ByteOrder.LITTLE_ENDIAN).putLong(0, bytes);
        try (var channel = Files.newByteChannel(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            channel.write(number);
        }
    }

    boolean isUsedUp() throws IOException {
        return ByteBuffer.wrap(Files.readAllBytes(file))
                        .order(ByteOrder.LITTLE_ENDIAN)
                        .getLong()
                == 0;
    }

    /** For the environment of whoever lives there. */
    Map<String, String> variables() {
        return interposer.before(folder, "PARLEY_DISK_ROOM", file);
    }
}
