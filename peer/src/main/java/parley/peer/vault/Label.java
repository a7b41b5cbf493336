package parley.peer.vault;

import java.nio.charset.StandardCharsets;
import parley.messages.field.FieldWriter;

/** What begins everything that is sealed or derived here: one purpose, one use. */
enum Label {
    KEY("vault-key"),
    TABLE("vault-table"),
    RECORD("vault-record"),
    BACKUP("vault-backup");

    private final String purpose;

    Label(String purpose) {
        this.purpose = purpose;
    }

    /** The label is written, the rest follows. */
    FieldWriter begin() {
        return new FieldWriter()
                .bytes(("parley/1/" + purpose).getBytes(StandardCharsets.US_ASCII))
                .u8(0);
    }
}
