package parley.channel;

import java.net.Socket;
import java.security.Principal;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedKeyManager;
import org.jspecify.annotations.Nullable;

/** Shows our one certificate whoever asks, as long as it is asked for an Ed25519 one. */
final class OwnKey extends X509ExtendedKeyManager {
    private static final String ALIAS = "own";
    private static final String ED25519 = "Ed25519";

    private final Credentials own;

    OwnKey(Credentials own) {
        this.own = own;
    }

    @Override
    public @Nullable String chooseEngineClientAlias(
            String[] types, Principal @Nullable [] issuers, @Nullable SSLEngine engine) {
        return Arrays.asList(types).contains(ED25519) ? ALIAS : null;
    }

    @Override
    public @Nullable String chooseEngineServerAlias(
            String type, Principal @Nullable [] issuers, @Nullable SSLEngine engine) {
        return type.equals(ED25519) ? ALIAS : null;
    }

    @Override
    public @Nullable String chooseClientAlias(String[] types, Principal @Nullable [] issuers, @Nullable Socket socket) {
        return chooseEngineClientAlias(types, issuers, null);
    }

    @Override
    public @Nullable String chooseServerAlias(String type, Principal @Nullable [] issuers, @Nullable Socket socket) {
        return chooseEngineServerAlias(type, issuers, null);
    }

    @Override
    public String[] getClientAliases(String type, Principal @Nullable [] issuers) {
        return type.equals(ED25519) ? new String[] {ALIAS} : new String[0];
    }

    @Override
    public String[] getServerAliases(String type, Principal @Nullable [] issuers) {
        return getClientAliases(type, issuers);
    }

    @Override
    public X509Certificate @Nullable [] getCertificateChain(String alias) {
        return alias.equals(ALIAS) ? new X509Certificate[] {own.certificate()} : null;
    }

    @Override
    public @Nullable PrivateKey getPrivateKey(String alias) {
        return alias.equals(ALIAS) ? own.secret() : null;
    }
}
