package parley.peer.vault;

import java.security.SecureRandom;
import org.apache.pekko.util.ByteString;
import parley.messages.field.FieldReader;
import parley.messages.field.FieldWriter;
import parley.peer.cipher.primitive.AesGcm;
import parley.peer.cipher.primitive.Hkdf;
import parley.peer.cipher.primitive.Hmac;
import parley.peer.cipher.primitive.Secret;
import parley.peer.vault.VaultRefused.Reason;

/**
 * Seals the records of one table: under its own key, bound to table, row and version, so that a box opens nowhere but
 * where it was put.
 *
 * <pre>
 *   row  = HMAC-SHA-256(naming key, record key)
 *   box  = AES-256-GCM(sealing key, nonce, label || table || row || version, u16 length || record key || value)
 * </pre>
 */
final class TableKeys {
    static final int ROW_BYTES = 32;

    private final String table;
    private final Secret sealing;
    private final Secret naming;

    static TableKeys of(Secret dataKey, String table) {
        var info = Label.TABLE.begin().ascii(table).toByteString();
        var derived = Hkdf.derive(new byte[0], dataKey.unsafeBytes(), info, 2 * Secret.BYTES);
        try {
            return new TableKeys(table, Hkdf.part(derived, 0), Hkdf.part(derived, 1));
        } finally {
            Secret.wipe(derived);
        }
    }

    private TableKeys(String table, Secret sealing, Secret naming) {
        this.table = table;
        this.sealing = sealing;
        this.naming = naming;
    }

    ByteString row(ByteString key) {
        return Hmac.of(naming, key).toByteString();
    }

    /** @param row of this key */
    SealedRow seal(ByteString row, ByteString key, ByteString value, long version, SecureRandom random) {
        var nonce = Nonces.fresh(random);
        var plain = new FieldWriter().u16(key.size()).bytes(key).bytes(value).toBytes();
        try {
            var box = AesGcm.seal(sealing, nonce, associated(row, version), plain);
            return new SealedRow(row, version, ByteString.fromArrayUnsafe(nonce), ByteString.fromArrayUnsafe(box));
        } finally {
            Secret.wipe(plain);
        }
    }

    /** @throws VaultRefused DAMAGED, unless this very row was sealed for this very place */
    Entry open(SealedRow sealed) {
        if (sealed.row().size() != ROW_BYTES || sealed.nonce().size() != AesGcm.NONCE_BYTES || sealed.version() < 1)
            throw damaged();
        var plain = AesGcm.open(
                sealing,
                sealed.nonce().toArrayUnsafe(),
                associated(sealed.row(), sealed.version()),
                sealed.box().toArrayUnsafe());
        if (plain == null) throw damaged();
        var in = new FieldReader(ByteString.fromArrayUnsafe(plain));
        var key = in.bytes(in.u16());
        return new Entry(key, in.bytes(in.left()));
    }

    /** @throws VaultRefused as {@link #open} */
    long verifiedVersion(SealedRow sealed) {
        open(sealed);
        return sealed.version();
    }

    void wipe() {
        sealing.wipe();
        naming.wipe();
    }

    private ByteString associated(ByteString row, long version) {
        return Label.RECORD.begin().ascii(table).bytes(row).u63(version).toByteString();
    }

    private VaultRefused damaged() {
        return new VaultRefused(
                Reason.DAMAGED, "A record of table %s was altered, or belongs elsewhere".formatted(table));
    }

    @Override
    public String toString() {
        return "redacted";
    }
}
