package parley.proving.modern.evil;

import parley.messages.group.Deed;
import parley.messages.group.EntryDraft;
import parley.messages.group.GroupEntry;
import parley.messages.group.GroupLog;
import parley.messages.group.Policy;
import parley.messages.group.Taking;
import parley.messages.identity.IdentityKey;
import parley.messages.name.GroupName;
import parley.messages.name.UserName;
import parley.peer.cipher.primitive.Argon2id.Cost;
import parley.peer.store.AccountVault;
import parley.peer.store.OwnKeys;

/** Keys in the hands of who runs the registry: made up ones, or those of a member who is in league with it. */
record Forger(UserName name, OwnKeys keys) {
    /** @param accomplice does not run just now */
    static Forger with(Person accomplice) {
        try (var vault = AccountVault.open(
                accomplice.accounts(), accomplice.name(), Person.PASSWORD.text().toCharArray(), Cost.TODAY)) {
            return new Forger(accomplice.name(), vault.keys());
        }
    }

    IdentityKey key() {
        return keys.chain().identity();
    }

    Deed.Add isAdded() {
        return new Deed.Add(name, key());
    }

    GroupEntry writes(Deed deed, GroupLog on) {
        return keys.signed(on.draft(name, key(), deed, 0));
    }

    /** Whoever has signed it: these keys have. */
    GroupEntry signs(EntryDraft another) {
        return keys.signed(another);
    }

    GroupLog does(Deed deed, GroupLog on) {
        return longer(on.append(writes(deed, on)));
    }

    GroupLog founds(GroupName group, Policy policy) {
        var deed = new Deed.Create(group, policy, EntryDraft.NONE.take(Deed.Create.SALT_BYTES));
        var first = keys.signed(EntryDraft.first(name, key(), deed, 0));
        return longer(GroupLog.begin(keys.chain().registry(), group, first));
    }

    private static GroupLog longer(Taking taking) {
        if (taking instanceof Taking.Longer(var log)) return log;
        throw new IllegalStateException(taking.toString());
    }
}
