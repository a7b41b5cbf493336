package parley.proving.modern.evil;

import java.util.Optional;
import parley.messages.name.PeerAddress;
import parley.messages.name.UserName;

/** Nobody is told where anybody is, so that all texts pass the mailbox. */
interface ByMailbox extends Lies {
    @Override
    default Optional<PeerAddress> address(UserName of, UserName asker, Optional<PeerAddress> truth) {
        return Optional.empty();
    }
}
