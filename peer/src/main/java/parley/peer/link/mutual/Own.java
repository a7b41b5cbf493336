package parley.peer.link.mutual;

import org.apache.pekko.util.ByteString;
import parley.channel.Credentials;
import parley.messages.identity.IdentityKey;
import parley.messages.identity.RegistryId;
import parley.messages.name.UserName;
import parley.messages.wire.Frame;

/**
 * Who we are to those whom we link with.
 *
 * @param identity decides, with theirs, which of two links serves
 * @param credentials the key that our chain names for {@code tls}
 * @param statements how many our chain has
 * @param head the hash of the last of them
 * @param registryIsHere whether the registry is reached on loopback, and so may others be
 */
public record Own(
        RegistryId registry,
        UserName name,
        IdentityKey identity,
        Credentials credentials,
        long statements,
        ByteString head,
        boolean registryIsHere) {
    Frame.Hello hello(UserName to) {
        return new Frame.Hello(registry, name, to, statements, head);
    }
}
