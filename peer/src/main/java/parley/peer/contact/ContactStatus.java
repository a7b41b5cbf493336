package parley.peer.contact;

import java.util.List;
import java.util.Optional;
import parley.messages.identity.KeyChain;
import parley.messages.name.UserName;

/**
 * @param unread texts that were shown since {@code MarkRead}
 * @param waiting texts of a stranger that wait to be accepted
 * @param outbox texts of ours that nobody has acknowledged yet
 * @param gaps counters of texts that are missing
 * @param chain the one that is believed
 * @param forked the one that waits to be accepted
 */
public record ContactStatus(
        UserName contact,
        Standing standing,
        Trust trust,
        int unread,
        int waiting,
        int outbox,
        List<Range> gaps,
        Optional<KeyChain> chain,
        Optional<KeyChain> forked) {}
