package parley.peer.cipher.primitive;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.pekko.util.ByteString;

/**
 * The vectors in docs/vectors: each file is an array of objects, each field a string; bytes are lower-case hex. Tests make
 * them anew from their inputs and hold them against the files, so that neither can change alone. {@code
 * -Dvectors.record=true} writes what the code makes, for a new vector; a file that has been published is never written
 * again.
 */
public final class DocsVectors {
    private static final Path FOLDER = Path.of(System.getProperty("basedir", "."), "..", "docs", "vectors");

    /** One object, in the order in which its fields are put. */
    public static final class Vector {
        private final Map<String, String> fields = new LinkedHashMap<>();

        public Vector put(String name, String value) {
            fields.put(name, value);
            return this;
        }

        public Vector put(String name, ByteString value) {
            return put(name, HexFormat.of().formatHex(value.toArray()));
        }

        public Vector put(String name, Secret value) {
            return put(name, value.toByteString());
        }

        public Map<String, String> fields() {
            return fields;
        }
    }

    /** Holds {@code made} against the file, or writes it if it is asked to. */
    public static void check(String file, List<Vector> made) {
        if (Boolean.getBoolean("vectors.record")) write(FOLDER.resolve(file), made);
        assertThat(made.stream().map(vector -> vector.fields).toList()).isEqualTo(read(file));
    }

    public static List<Map<String, String>> read(String file) {
        var found = new ArrayList<Map<String, String>>();
        try (var json = new JsonFactory().createParser(FOLDER.resolve(file).toFile())) {
            assertThat(json.nextToken()).isEqualTo(JsonToken.START_ARRAY);
            while (json.nextToken() == JsonToken.START_OBJECT) {
                var fields = new LinkedHashMap<String, String>();
                while (json.nextToken() == JsonToken.FIELD_NAME) fields.put(json.currentName(), json.nextTextValue());
                found.add(fields);
            }
        } catch (IOException missing) {
            throw new UncheckedIOException(missing);
        }
        return found;
    }

    private static void write(Path file, List<Vector> made) {
        try {
            Files.createDirectories(FOLDER);
            try (JsonGenerator json = new JsonFactory().createGenerator(Files.newBufferedWriter(file))) {
                json.useDefaultPrettyPrinter();
                json.writeStartArray();
                for (var vector : made) {
                    json.writeStartObject();
                    for (var field : vector.fields.entrySet()) json.writeStringField(field.getKey(), field.getValue());
                    json.writeEndObject();
                }
                json.writeEndArray();
                json.writeRaw('\n');
            }
        } catch (IOException unwritable) {
            throw new UncheckedIOException(unwritable);
        }
    }

    private DocsVectors() {}
}
