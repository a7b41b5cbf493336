package parley.messages.directory;

/** A line that a peer received. */
public sealed interface FromRegistry {
    record Answer(Tag tag, Reply reply) implements FromRegistry {}

    record Pushed(Push push) implements FromRegistry {}
}
