package parley.peer.cipher;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** The vectors that classic clients in the field compute. */
final class Vectors {
    /** Each vector of one kind by its fields: {@code keyAgreement}, {@code text}, {@code file} or {@code groupText}. */
    static List<Map<String, String>> of(String kind) {
        var found = new ArrayList<Map<String, String>>();
        try (var file = Objects.requireNonNull(Vectors.class.getResourceAsStream("/vectors.json"));
                var json = new JsonFactory().createParser(file)) {
            while (!(json.nextToken() == JsonToken.START_ARRAY && kind.equals(json.currentName()))) {}
            while (json.nextToken() == JsonToken.START_OBJECT) {
                var fields = new LinkedHashMap<String, String>();
                while (json.nextToken() == JsonToken.FIELD_NAME) {
                    var name = json.currentName();
                    json.nextToken();
                    fields.put(name, json.getText());
                }
                found.add(fields);
            }
        } catch (IOException missing) {
            throw new UncheckedIOException(missing);
        }
        return found;
    }

    static String field(Map<String, String> vector, String name) {
        return Objects.requireNonNull(vector.get(name), name);
    }

    private Vectors() {}
}
