package parley.messages.group;

import org.apache.pekko.util.ByteString;
import parley.messages.identity.IdentityKey;
import parley.messages.name.GroupName;
import parley.messages.name.UserName;

/** What an entry does to its group; docs/PROTOCOL.md §12.1. */
public sealed interface Deed {
    /** As the protocol numbers them. */
    int number();

    /**
     * The first entry: its author is the first member, and admin.
     *
     * @param salt {@value #SALT_BYTES} random bytes: a group that has another's name, author and time has another id
     */
    record Create(GroupName group, Policy policy, ByteString salt) implements Deed {
        public static final int SALT_BYTES = 16;

        /** @throws IllegalArgumentException unless there are {@value #SALT_BYTES} bytes of salt */
        public Create {
            if (salt.size() != SALT_BYTES)
                throw new IllegalArgumentException(
                        "a salt of %d bytes, expected %d".formatted(salt.size(), SALT_BYTES));
            salt = salt.compact();
        }

        @Override
        public int number() {
            return 1;
        }
    }

    /** The author comes in by himself. */
    record Join() implements Deed {
        @Override
        public int number() {
            return 2;
        }
    }

    /** Somebody is brought in, or held under another key from now on. */
    record Add(UserName who, IdentityKey identity) implements Deed {
        @Override
        public int number() {
            return 3;
        }
    }

    /** The author goes. */
    record Leave() implements Deed {
        @Override
        public int number() {
            return 4;
        }
    }

    record Remove(UserName who) implements Deed {
        @Override
        public int number() {
            return 5;
        }
    }

    /** @param on whether he is an admin from now on, or no longer */
    record Admin(UserName who, boolean on) implements Deed {
        @Override
        public int number() {
            return 6;
        }
    }

    record Become(Policy policy) implements Deed {
        @Override
        public int number() {
            return 7;
        }
    }
}
