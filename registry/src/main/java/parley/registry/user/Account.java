package parley.registry.user;

import parley.messages.identity.KeyChain;

/** What a name is once somebody signed it up: of one world, for life. */
sealed interface Account {
    /** As it is written in the journal. */
    String CLASSIC = "classic";

    /** @param passwordHash Argon2id as a PHC string */
    record Classic(String passwordHash) implements Account {
        @Override
        public String toString() {
            return "Classic[redacted]";
        }
    }

    /** @param chain verified, also when it came from the disk */
    record Modern(KeyChain chain) implements Account {}
}
