package parley.registry.journal;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.cbor.databind.CBORMapper;
import java.io.IOException;
import java.io.NotSerializableException;
import java.io.UncheckedIOException;
import org.apache.pekko.serialization.SerializerWithStringManifest;
import org.jspecify.annotations.Nullable;

/**
 * {@link Stored} as CBOR, beside a manifest that says which family it belongs to. Manifests and the names within are
 * promises for ever, so neither is the name of a class.
 *
 * <pre>
 *   manifest    "user-event"
 *   bytes       {"is": "enrolled", "group": "team"}
 * </pre>
 */
public final class StoredSerializer extends SerializerWithStringManifest {
    /** Stands beside every event ever written; 0 to 40 are Pekko's own. */
    private static final int IDENTIFIER = 7_300;

    private static final String USER_EVENT = "user-event";
    private static final String GROUP_EVENT = "group-event";
    private static final String DIRECTORY_EVENT = "directory-event";
    private static final String THROTTLE_EVENT = "throttle-event";
    private static final String SNAPSHOT = "snapshot";

    private final ObjectMapper cbor = new CBORMapper();

    @Override
    public int identifier() {
        return IDENTIFIER;
    }

    @Override
    public String manifest(Object stored) {
        return switch ((Stored) stored) {
            case UserEvent e -> USER_EVENT;
            case GroupEvent e -> GROUP_EVENT;
            case DirectoryEvent e -> DIRECTORY_EVENT;
            case ThrottleEvent e -> THROTTLE_EVENT;
            case Snapshot s -> SNAPSHOT;
        };
    }

    @Override
    public byte[] toBinary(Object stored) {
        try {
            return cbor.writeValueAsBytes(stored);
        } catch (JsonProcessingException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }

    /** @throws NotSerializableException if a later version wrote this, or nobody did */
    @Override
    public Object fromBinary(byte[] bytes, String manifest) throws NotSerializableException {
        var family = family(manifest);
        try {
            return cbor.readValue(bytes, family);
        } catch (IOException unreadable) {
            throw refused("a %s of %d bytes that it cannot read".formatted(manifest, bytes.length), unreadable);
        }
    }

    private static Class<? extends Stored> family(String manifest) throws NotSerializableException {
        return switch (manifest) {
            case USER_EVENT -> UserEvent.class;
            case GROUP_EVENT -> GroupEvent.class;
            case DIRECTORY_EVENT -> DirectoryEvent.class;
            case THROTTLE_EVENT -> ThrottleEvent.class;
            case SNAPSHOT -> Snapshot.class;
            default -> throw refused("an unknown manifest \"%s\"".formatted(manifest), null);
        };
    }

    private static NotSerializableException refused(String what, @Nullable Throwable cause) {
        var refusal = new NotSerializableException(
                "The journal holds %s. Was it written by a later version of the registry?".formatted(what));
        if (cause != null) refusal.initCause(cause);
        return refusal;
    }
}
