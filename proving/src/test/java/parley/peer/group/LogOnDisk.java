package parley.peer.group;

import java.nio.file.Path;
import parley.messages.group.GroupLog;
import parley.messages.name.UserName;
import parley.peer.cipher.primitive.Argon2id.Cost;
import parley.peer.store.AccountVault;
import parley.peer.store.Tables;

/** Opens a vault as its peer does, and reads and verifies what it has of a group. */
public final class LogOnDisk {
    /** All that a vault has of its only group. */
    public record Found(GroupLog log, int letters, int outbox, int inbox) {}

    public static Found read(Path accounts, String name, String password) {
        try (var account = AccountVault.open(accounts, new UserName(name), password.toCharArray(), Cost.TODAY)) {
            return account.look(tables -> read(account, tables));
        }
    }

    private static Found read(AccountVault account, Tables tables) {
        var known = Rows.groups(tables);
        if (known.size() != 1) throw new AssertionError("%d groups, expected one".formatted(known.size()));
        var stored = StoredCircle.read(known.getFirst().id(), tables).orElseThrow();
        var circle = stored.verified(account.home().registry(), 0);
        return new Found(
                circle.log(),
                stored.letters().size(),
                stored.outbox().size(),
                stored.inbox().size());
    }

    private LogOnDisk() {}
}
