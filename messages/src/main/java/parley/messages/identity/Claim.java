package parley.messages.identity;

import java.util.List;
import org.apache.pekko.util.ByteString;
import parley.messages.name.UserName;

/** What a statement says. Each has a purpose of its own in its label and a number of its own in its encoding. */
public sealed interface Claim {
    /** The end of the statement's label, {@code parley/1/…}. */
    String purpose();

    /** The keys it names, in their encodings: none of them may be named twice in one chain. */
    List<ByteString> keys();

    /**
     * The first statement, and never a later one: this account has this identity. Signed by {@code identity}.
     *
     * @param recovery can end the identity, and nothing else
     */
    record Identity(UserName name, IdentityKey identity, IdentityKey recovery) implements Claim {
        @Override
        public String purpose() {
            return "identity";
        }

        @Override
        public List<ByteString> keys() {
            return List.of(identity.bytes(), recovery.bytes());
        }
    }

    /** The account's links and its connection to the registry show a certificate of {@code key}. */
    record Tls(IdentityKey key) implements Claim {
        @Override
        public String purpose() {
            return "tls";
        }

        @Override
        public List<ByteString> keys() {
            return List.of(key.bytes());
        }
    }

    /** Secrets are agreed with {@code key}. Prekeys that were stated before it are void. */
    record Agreement(AgreementKey key) implements Claim {
        @Override
        public String purpose() {
            return "agreement";
        }

        @Override
        public List<ByteString> keys() {
            return List.of(key.bytes());
        }
    }

    /** The prekeys of a week; {@code kem} also serves when the one-time prekeys are used up. */
    record SignedPrekeys(AgreementKey prekey, KemKey kem) implements Claim {
        @Override
        public String purpose() {
            return "signed-prekeys";
        }

        @Override
        public List<ByteString> keys() {
            return List.of(prekey.bytes(), kem.bytes());
        }
    }

    /**
     * From the next statement on {@code next} is the identity. Signed by the old one; TLS, agreement and prekeys have
     * to be stated anew.
     *
     * @param proof by {@code next}, over {@link Draft#succession}: nobody adopts a key that is not his
     */
    record Successor(IdentityKey next, Signature proof) implements Claim {
        @Override
        public String purpose() {
            return "successor";
        }

        @Override
        public List<ByteString> keys() {
            return List.of(next.bytes());
        }
    }

    /** The identity has ended. Signed by the recovery key; nothing follows. */
    record Revoke() implements Claim {
        @Override
        public String purpose() {
            return "revoke";
        }

        @Override
        public List<ByteString> keys() {
            return List.of();
        }
    }
}
