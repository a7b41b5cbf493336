package parley.peer.contact;

import java.util.List;
import parley.messages.field.FieldReader;
import parley.messages.name.UserName;
import parley.peer.store.Tables;

/** Who is known in a vault. */
public final class Acquaintance {
    /** In the order of their names. */
    public static List<UserName> names(Tables tables) {
        return tables.list(Places.PROFILE).stream()
                .map(row -> new UserName(new FieldReader(row.key()).ascii()))
                .sorted()
                .toList();
    }

    private Acquaintance() {}
}
