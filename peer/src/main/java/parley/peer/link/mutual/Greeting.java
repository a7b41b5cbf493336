package parley.peer.link.mutual;

import parley.messages.identity.IdentityKey;
import parley.messages.wire.Frame;

/** What to make of a {@code HELLO} on a connection that showed a key. Pure; the same for who calls and who is called. */
sealed interface Greeting {
    /** It is he. */
    record Welcome() implements Greeting {}

    /** He says that his chain is longer than what is known of it: first that is looked at. */
    record Behind(long statements) implements Greeting {}

    /** His chain is as long as ours of him, and another: the registry shows different people different chains. */
    record Differs() implements Greeting {}

    /** Not for us, or not from him. The other side is told nothing more than that; {@code why} is for the log. */
    record Stranger(String why) implements Greeting {}

    static Greeting of(Own own, Contact contact, Frame.Hello hello, IdentityKey shown) {
        if (!hello.registry().equals(own.registry())) return new Stranger("another registry");
        if (!hello.to().equals(own.name())) return new Stranger("meant for another account");
        if (!hello.from().equals(contact.name())) return new Stranger("from another account");
        // Before the key is compared: the longer chain may name a newer one.
        if (hello.statements() > contact.statements()) return new Behind(hello.statements());
        // Equality of keys takes as long for a first byte that differs as for the last.
        if (!shown.equals(contact.tls())) return new Stranger("another key than the chain's");
        if (hello.statements() == contact.statements() && !hello.head().equals(contact.head())) return new Differs();
        return new Welcome();
    }
}
