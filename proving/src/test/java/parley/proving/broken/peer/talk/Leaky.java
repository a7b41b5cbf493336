package parley.proving.broken.peer.talk;

import java.security.KeyPair;
import javax.crypto.SecretKey;
import org.bouncycastle.crypto.params.DESedeParameters;
import parley.proving.broken.peer.link.LinkManager;

/** A conversation that holds keys and knows a link. */
record Leaky(SecretKey jce, DESedeParameters bouncyCastle, KeyPair pair, LinkManager link) {}
