package parley.registry.cluster;

import java.security.GeneralSecurityException;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLSession;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;
import org.apache.pekko.actor.ActorSystem;
import org.apache.pekko.remote.artery.tcp.SSLEngineProvider;
import scala.Option;

/**
 * The remoting of a cluster of one, which nobody may reach: it has no certificate to show and trusts none, so that no
 * handshake gets past the first message. Several nodes name a provider with certificates in their configuration.
 */
public final class RefusesEveryHandshake implements SSLEngineProvider {
    private final SSLContext keyless;

    /** Called by Pekko. */
    public RefusesEveryHandshake(ActorSystem system) throws GeneralSecurityException {
        keyless = SSLContext.getInstance("TLSv1.3");
        keyless.init(new KeyManager[0], new TrustManager[] {new TrustsNobody()}, null);
    }

    @Override
    public SSLEngine createServerSSLEngine(String hostname, int port) {
        var engine = keyless.createSSLEngine(hostname, port);
        engine.setUseClientMode(false);
        engine.setNeedClientAuth(true);
        return engine;
    }

    @Override
    public SSLEngine createClientSSLEngine(String hostname, int port) {
        var engine = keyless.createSSLEngine(hostname, port);
        engine.setUseClientMode(true);
        return engine;
    }

    @Override
    public Option<Throwable> verifyClientSession(String hostname, SSLSession session) {
        return refused();
    }

    @Override
    public Option<Throwable> verifyServerSession(String hostname, SSLSession session) {
        return refused();
    }

    private static Option<Throwable> refused() {
        return Option.apply(new GeneralSecurityException("a cluster of one talks to nobody"));
    }

    private static final class TrustsNobody implements X509TrustManager {
        @Override
        public void checkClientTrusted(X509Certificate[] chain, String kind) throws CertificateException {
            throw nobody();
        }

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String kind) throws CertificateException {
            throw nobody();
        }

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }

        private static CertificateException nobody() {
            return new CertificateException("a cluster of one talks to nobody");
        }
    }
}
