package parley.peer.contact;

import parley.peer.store.Change;

/** What a cipher puts there. */
public final class InboxOf {
    public static Change put(long number, Effect.ForGroup what) {
        return Inbox.GROUPS.put(number, what);
    }

    private InboxOf() {}
}
