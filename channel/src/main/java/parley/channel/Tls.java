package parley.channel;

import java.security.GeneralSecurityException;
import java.security.Provider;
import java.security.SecureRandom;
import java.util.List;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.TrustManager;
import org.bouncycastle.jsse.BCSSLEngine;
import org.bouncycastle.jsse.provider.BouncyCastleJsseProvider;
import parley.messages.identity.IdentityKey;

/** Sets engines up as docs/PROTOCOL.md §7 says. What is said here cannot be negotiated down. */
final class Tls {
    private static final String[] PROTOCOLS = {"TLSv1.3"};
    private static final String[] SUITES = {
        "TLS_AES_256_GCM_SHA384", "TLS_AES_128_GCM_SHA256", "TLS_CHACHA20_POLY1305_SHA256"
    };
    /** In the order of preference. The first survives whoever records today and has a quantum computer later. */
    private static final String[] GROUPS = {"X25519MLKEM768", "x25519"};
    /** A share for the first comes along at once: no second round between two of us. */
    private static final String[] SHARES = {"X25519MLKEM768"};

    private static final String[] SIGNATURES = {"ed25519"};

    private static final Provider JSSE = new BouncyCastleJsseProvider(false, new Primitives());

    /** It would write a line about every stranger's failed handshake to standard error. Held, or it would be forgotten. */
    private static final Logger NOISE = Logger.getLogger("org.bouncycastle.jsse.provider");

    static {
        NOISE.setLevel(Level.OFF);
    }

    private final SSLContext context;
    private final ExpectedKey expected;
    private final boolean client;
    private final List<String> purposes;

    static Tls create(Credentials own, Expected theirs, boolean client, List<String> purposes) {
        try {
            var expected = new ExpectedKey(theirs);
            var context = SSLContext.getInstance("TLS", JSSE);
            context.init(new KeyManager[] {new OwnKey(own)}, new TrustManager[] {expected}, new SecureRandom());
            return new Tls(context, expected, client, purposes);
        } catch (GeneralSecurityException never) {
            throw new IllegalStateException("Bouncy Castle has TLS", never);
        }
    }

    private Tls(SSLContext context, ExpectedKey expected, boolean client, List<String> purposes) {
        this.context = context;
        this.expected = expected;
        this.client = client;
        this.purposes = List.copyOf(purposes);
    }

    /** For people. */
    String purposes() {
        return String.join(" or ", purposes);
    }

    /** What both sides speak, when the handshake of one of our engines is done. */
    Optional<String> agreed(SSLEngine engine) {
        return Optional.ofNullable(engine.getApplicationProtocol()).filter(purposes::contains);
    }

    /** The other side's key, when the handshake of one of our engines is done; asked once. */
    Optional<IdentityKey> shown(SSLEngine engine) {
        return expected.taken(engine);
    }

    SSLEngine engine() {
        var engine = context.createSSLEngine();
        engine.setUseClientMode(client);
        // No session is kept to be resumed: each handshake proves both keys.
        engine.setEnableSessionCreation(true);
        var bouncy = (BCSSLEngine) engine;
        var parameters = bouncy.getParameters();
        parameters.setProtocols(PROTOCOLS);
        parameters.setCipherSuites(SUITES);
        parameters.setNamedGroups(GROUPS);
        parameters.setUseNamedGroupsOrder(true);
        parameters.setEarlyKeyShares(SHARES);
        parameters.setSignatureSchemes(SIGNATURES);
        parameters.setSignatureSchemesCert(SIGNATURES);
        parameters.setApplicationProtocols(purposes.toArray(String[]::new));
        if (!client) parameters.setNeedClientAuth(true);
        bouncy.setParameters(parameters);
        return engine;
    }
}
