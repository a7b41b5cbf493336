package parley.proving.power;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.apache.pekko.util.ByteString;

/** What all processes of a conversation did, in one order. */
record Recording(List<Operation> operations) {
    private static final ObjectMapper JSON = new ObjectMapper();

    /**
     * A line of stdout.
     *
     * @param at the operation that printed its end
     */
    record Said(int at, long process, JsonNode event) {
        boolean is(String kind) {
            return kind.equals(event.path("event").asText());
        }

        boolean isOk(String command) {
            return is("ok") && command.equals(event.path("command").asText());
        }

        String id() {
            return event.path("id").asText();
        }
    }

    static Recording read(Path log) throws IOException {
        var in = ByteBuffer.wrap(Files.readAllBytes(log)).order(ByteOrder.LITTLE_ENDIAN);
        var operations = new ArrayList<Operation>();
        while (in.hasRemaining()) operations.add(operation(in));
        return new Recording(List.copyOf(operations));
    }

    /** Events of these processes, in order. */
    List<Said> said(Set<Long> processes) throws IOException {
        var said = new ArrayList<Said>();
        for (long process : processes) {
            var line = new ByteArrayOutputStream();
            for (int i = 0; i < operations.size(); i++) {
                if (!(operations.get(i) instanceof Operation.Printed(var from, var bytes)) || from != process) continue;
                for (byte next : bytes.toArrayUnsafe()) {
                    if (next != '\n') line.write(next);
                    else {
                        said.add(new Said(i, process, JSON.readTree(line.toString(StandardCharsets.UTF_8))));
                        line.reset();
                    }
                }
            }
        }
        return said;
    }

    private static Operation operation(ByteBuffer in) {
        char kind = (char) in.get();
        long process = Integer.toUnsignedLong(in.getInt());
        long inode = in.getLong();
        long offset = in.getLong();
        var path = new byte[in.getInt()];
        var bytes = new byte[in.getInt()];
        in.get(path).get(bytes);
        return switch (kind) {
            case 'N' -> new Operation.Made(path(path), inode);
            case 'O' -> new Operation.Opened(path(path), inode);
            case 'W' ->
                new Operation.Written(path(path), inode, Math.toIntExact(offset), ByteString.fromArrayUnsafe(bytes));
            case 'T' -> new Operation.Cut(path(path), inode, Math.toIntExact(offset));
            case 'S' -> new Operation.Synced(path(path), inode);
            case 'R' -> new Operation.Renamed(path(path), path(bytes));
            case 'U' -> new Operation.Removed(path(path));
            case 'P' -> new Operation.Printed(process, ByteString.fromArrayUnsafe(bytes));
            default -> throw new IllegalStateException("an operation of the kind '%c'".formatted(kind));
        };
    }

    private static Path path(byte[] bytes) {
        return Path.of(new String(bytes, StandardCharsets.UTF_8));
    }
}
