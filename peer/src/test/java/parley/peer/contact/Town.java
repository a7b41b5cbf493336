package parley.peer.contact;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.pekko.util.ByteString;
import parley.messages.identity.KeyChain;
import parley.messages.identity.OneTimePrekeys;
import parley.messages.identity.RegistryId;
import parley.messages.name.UserName;

/** A registry without a network: chains, pairs, mailboxes. What it hands out can be exchanged, as an evil one would. */
final class Town {
    static final RegistryId REGISTRY =
            new RegistryId(ByteString.fromInts(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15));

    /** What waits for somebody. */
    record Letter(long serial, UserName from, ByteString envelope) {}

    private final Map<UserName, KeyChain> chains = new HashMap<>();
    private final Map<UserName, Deque<OneTimePrekeys>> pairs = new HashMap<>();
    private final Map<UserName, List<Letter>> mailboxes = new HashMap<>();
    private long serial;

    void publish(KeyChain chain) {
        chains.put(chain.name(), chain);
    }

    void publish(UserName name, List<OneTimePrekeys> more) {
        pairs.computeIfAbsent(name, none -> new ArrayDeque<>()).addAll(more);
    }

    void forgetPairs(UserName name) {
        pairs.remove(name);
    }

    Optional<KeyChain> chain(UserName name) {
        return Optional.ofNullable(chains.get(name));
    }

    Optional<OneTimePrekeys> pair(UserName name) {
        return Optional.ofNullable(pairs.getOrDefault(name, new ArrayDeque<>()).poll());
    }

    void deposit(UserName from, UserName to, ByteString envelope) {
        mailbox(to).add(new Letter(++serial, from, envelope));
    }

    List<Letter> mailbox(UserName name) {
        return mailboxes.computeIfAbsent(name, none -> new ArrayList<>());
    }

    void acknowledged(UserName name, long letter) {
        mailbox(name).removeIf(waiting -> waiting.serial() == letter);
    }
}
