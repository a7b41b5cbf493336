package parley.peer.link.mutual;

import org.apache.pekko.util.ByteString;
import parley.messages.identity.IdentityKey;
import parley.messages.name.UserName;

/**
 * An accepted contact, by his chain as last verified.
 *
 * @param tls the only key that his links may show
 * @param identity decides, with ours, which of two links serves
 * @param statements how many of his chain are known
 * @param head the hash of the last of them
 */
public record Contact(UserName name, IdentityKey identity, IdentityKey tls, long statements, ByteString head) {}
