package parley.peer.link.mutual;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import org.apache.pekko.util.ByteString;
import parley.channel.Credentials;
import parley.messages.identity.IdentityKey;
import parley.messages.identity.RegistryId;
import parley.messages.name.UserName;
import parley.messages.wire.Frame;

/** Somebody with keys that follow from a number, and a chain of which only length and head matter here. */
record Person(UserName name, IdentityKey identity, Credentials tls) {
    static final RegistryId REGISTRY =
            new RegistryId(ByteString.fromArray(new byte[] {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16}));

    static Person of(String name, int number) {
        return new Person(new UserName(name), credentials(number, 1).key(), credentials(number, 2));
    }

    Own own(long statements) {
        return new Own(REGISTRY, name, identity, tls, statements, head(name.text(), statements), true);
    }

    Contact contact(long statements) {
        return new Contact(name, identity, tls.key(), statements, head(name.text(), statements));
    }

    /** The same person after a change of the TLS key. */
    Person withTls(int number) {
        return new Person(name, identity, credentials(number, 3));
    }

    static ByteString head(String name, long statements) {
        try {
            var digest = MessageDigest.getInstance("SHA-256")
                    .digest((name + statements).getBytes(StandardCharsets.US_ASCII));
            return ByteString.fromArray(digest).take(Frame.Hello.HEAD_BYTES);
        } catch (NoSuchAlgorithmException never) {
            throw new IllegalStateException(never);
        }
    }

    private static Credentials credentials(int number, int purpose) {
        var seed = new byte[Credentials.SEED_BYTES];
        seed[0] = (byte) number;
        seed[1] = (byte) (number >> 8);
        seed[2] = (byte) purpose;
        return Credentials.of(seed);
    }
}
