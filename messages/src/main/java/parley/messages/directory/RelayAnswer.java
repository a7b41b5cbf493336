package parley.messages.directory;

/** What the registry answers a {@link RelayCall}. */
public sealed interface RelayAnswer {
    /** The other one is there: what follows comes from him. */
    record Spliced() implements RelayAnswer {}

    /** Nothing follows. */
    record Refused(Code code, String text) implements RelayAnswer {}
}
