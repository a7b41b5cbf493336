package parley.peer.contact;

import java.util.List;
import parley.messages.field.FieldReader;
import parley.messages.name.UserName;
import parley.peer.store.Tables;

/** Whom an account has anything of. */
public final class Contacts {
    public static List<UserName> read(Tables tables) {
        return tables.list(Places.PROFILE).stream()
                .map(row -> new UserName(new FieldReader(row.key()).ascii()))
                .sorted()
                .toList();
    }

    private Contacts() {}
}
