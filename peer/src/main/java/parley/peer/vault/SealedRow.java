package parley.peer.vault;

import org.apache.pekko.util.ByteString;

/**
 * A record as the disk holds it.
 *
 * @param row stands for the record's key, which it does not tell
 * @param version 1 when the record is new, one more each time it is written
 */
record SealedRow(ByteString row, long version, ByteString nonce, ByteString box) {}
