package parley.channel;

import java.net.Socket;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.WeakHashMap;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedTrustManager;
import org.jspecify.annotations.Nullable;
import parley.messages.identity.Fingerprint;
import parley.messages.identity.IdentityKey;

/**
 * Takes a certificate for the key in it, and for nothing else. There is no authority whose word would count, no name to
 * compare and no date: whoever shows the expected key, and has signed the handshake with it, is whom we expect.
 */
final class ExpectedKey extends X509ExtendedTrustManager {
    /** Kept apart from what a library may say, so that its text reaches the user. */
    static final class Refused extends CertificateException {
        private static final long serialVersionUID = 1L;

        Refused(String why) {
            super(why);
        }
    }

    private final Expected expected;

    /** Of handshakes that are under way; one that fails is forgotten with its engine. */
    private final Map<SSLEngine, IdentityKey> taken = Collections.synchronizedMap(new WeakHashMap<>());

    ExpectedKey(Expected expected) {
        this.expected = expected;
    }

    /** The key that was taken in that handshake, once. To read it again would cost a tenth of the handshake. */
    Optional<IdentityKey> taken(SSLEngine engine) {
        return Optional.ofNullable(taken.remove(engine));
    }

    private void check(X509Certificate @Nullable [] chain, @Nullable SSLEngine engine) throws Refused {
        if (chain == null || chain.length != 1)
            throw new Refused("%d certificates, expected one".formatted(chain == null ? 0 : chain.length));
        IdentityKey shown;
        try {
            shown = Certificates.checked(chain[0]);
        } catch (CertificateException bad) {
            throw new Refused(String.valueOf(bad.getMessage()));
        }
        switch (expected) {
            case Expected.Anybody anybody -> {}
            // Equality of keys takes as long for a first byte that differs as for the last.
            case Expected.Exactly(var key) -> {
                if (!key.equals(shown))
                    throw new Refused("the other side has the key %s, expected %s"
                            .formatted(Fingerprint.of(shown), Fingerprint.of(key)));
            }
        }
        if (engine != null) taken.put(engine, shown);
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type, @Nullable SSLEngine engine) throws Refused {
        check(chain, engine);
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type, @Nullable SSLEngine engine) throws Refused {
        check(chain, engine);
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type, @Nullable Socket socket) throws Refused {
        check(chain, null);
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type, @Nullable Socket socket) throws Refused {
        check(chain, null);
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type) throws Refused {
        check(chain, null);
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type) throws Refused {
        check(chain, null);
    }

    @Override
    public X509Certificate[] getAcceptedIssuers() {
        return new X509Certificate[0];
    }
}
