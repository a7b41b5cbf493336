package parley.peer.link;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.stream.javadsl.Source;
import parley.messages.classic.Origin;
import parley.messages.classic.PeerMessage.PublicValue;
import parley.messages.classic.Sealed;

/**
 * What one link carries to the other side. {@code from} decides whether keys are agreed first: a user's message is for
 * one contact and under the key agreed with him, a group's is under the group's key.
 */
public sealed interface Outgoing {
    Origin from();

    /**
     * A text, or a piece of a long one.
     *
     * @param length code points, as {@link TextPieces} counted them
     */
    record Text(Origin from, int length, TextSealer sealer) implements Outgoing {}

    /**
     * A file.
     *
     * @param path what the receiver is told; a classic one makes a file name of it
     */
    record File(Origin from, String path, FileSealer sealer) implements Outgoing {}

    /** Asks a cipher for the text's ciphertext. */
    @FunctionalInterface
    interface TextSealer {
        /**
         * Called once, when the other side is there and its key is known. A refusal is the value {@link Sealing.Refused};
         * a stage that fails ends the link too.
         *
         * @param theirs what the contact showed in the key agreement; empty for a group
         */
        CompletionStage<Sealing> seal(Optional<PublicValue> theirs);
    }

    sealed interface Sealing {
        record Done(Sealed text) implements Sealing {}

        /** @param why one line, fit to show */
        record Refused(String why) implements Sealing {}
    }

    /** Reads a file and has it sealed, batch by batch. */
    @FunctionalInterface
    interface FileSealer {
        /**
         * Called once, when the other side has confirmed that it wants the file. The batches are asked for one ahead of
         * the wire. If the source fails, its exception's message is what is reported, and the link is aborted so that
         * the receiver keeps nothing.
         *
         * @param theirs what the contact showed in the key agreement; empty for a group
         * @return chunks of {@link parley.messages.classic.PeerCodec#CHUNK_BYTES_MAX} plain bytes, the last one shorter
         */
        Source<List<Sealed>, ?> seal(Optional<PublicValue> theirs);
    }
}
