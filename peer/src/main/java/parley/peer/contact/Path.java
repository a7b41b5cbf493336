package parley.peer.contact;

/** What brought an envelope, and so what its answer goes back on. */
public sealed interface Path {
    record Link() implements Path {}

    /** @param serial of the registry's push */
    record Mailbox(long serial) implements Path {}
}
