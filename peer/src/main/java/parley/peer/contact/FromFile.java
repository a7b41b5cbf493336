package parley.peer.contact;

import parley.messages.wire.Content;

/**
 * What a contact says of a file. What becomes of the file is for others to say: here it is kept until they take it.
 *
 * <pre>
 *   from who is ACCEPTED, or of a wanted file ──► file-inbox, ForFiles        over its room ──► left
 *   from a STRANGER:  FILE ──► waits until he is accepted                     over the quota ──► left
 *                     PIECE ──► left: it comes again when the file is wanted
 *                     FILE_STATE ──► dropped
 * </pre>
 */
final class FromFile {
    static Kept keep(Content.OfFile content, Turn turn) {
        boolean wanted = turn.moment().files().wants(turn.contact(), content.file());
        if (wanted || turn.is(Standing.ACCEPTED)) {
            if (!turn.inboxes.files().hasRoom()) return Kept.NOT;
            put(content, turn);
            return Kept.HERE;
        }
        return switch (content) {
            case Content.File file -> Requests.keep(file, turn) ? Kept.AS_REQUEST : Kept.NOT;
            case Content.Piece piece -> Kept.NOT;
            case Content.FileState state -> Kept.DROPPED;
        };
    }

    /** Said once it is acknowledged. What the receiver needs no more goes no further. */
    static void handOver(Content.OfFile content, Turn turn) {
        if (content instanceof Content.FileState(var id, var file, var state)) {
            switch (state) {
                case DONE, DECLINED, FAILED -> ToContact.withdraw(file, turn);
                case NO_ROOM, READY, CANCELLED, CHANGED, RELAYED -> {}
            }
        }
        turn.follows(forFiles(content, turn));
    }

    /** His files when he was accepted. */
    static void accept(Content.File content, Turn turn) {
        put(content, turn);
        turn.follows(forFiles(content, turn));
    }

    private static void put(Content.OfFile content, Turn turn) {
        var held = turn.inboxes.files();
        turn.store(Inbox.FILES.put(held.next(), forFiles(content, turn)));
        turn.inboxes = turn.inboxes.withFiles(held.with(content));
    }

    private static Effect.ForFiles forFiles(Content.OfFile content, Turn turn) {
        return new Effect.ForFiles(turn.contact(), turn.chain.orElseThrow().identity(), content);
    }

    private FromFile() {}
}
