package parley.peer.command;

/** What can be asked about files between modern accounts. An id may be the beginning of one. */
public sealed interface FileInput extends ModernInput {
    record Transfers() implements FileInput {}

    record Pause(String id) implements FileInput {}

    record Resume(String id) implements FileInput {}

    record Cancel(String id) implements FileInput {}
}
