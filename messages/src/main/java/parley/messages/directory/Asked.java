package parley.messages.directory;

/** A request with its tag; {@link Tag#NONE} if not even that could be read. */
public record Asked(Tag tag, Request request) {}
