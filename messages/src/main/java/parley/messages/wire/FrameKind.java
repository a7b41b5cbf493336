package parley.messages.wire;

/** What a frame is, as the protocol numbers it and the trace names it. 16 and above are kept for files. */
public enum FrameKind {
    HELLO(1),
    ENVELOPE(2),
    ACK(3),
    REFUSED(4),
    PING(5),
    PONG(6),
    BYE(7);

    final int number;

    FrameKind(int number) {
        this.number = number;
    }

    public static FrameKind of(Frame frame) {
        return switch (frame) {
            case Frame.Hello hello -> HELLO;
            case Frame.Enveloped enveloped -> ENVELOPE;
            case Frame.Ack ack -> ACK;
            case Frame.Refused refused -> REFUSED;
            case Frame.Ping ping -> PING;
            case Frame.Pong pong -> PONG;
            case Frame.Bye bye -> BYE;
        };
    }

    /** @throws MalformedFrame if no kind has that number */
    static FrameKind of(int number) {
        for (var kind : values()) if (kind.number == number) return kind;
        throw new MalformedFrame("kind %d, expected 1 to %d".formatted(number, values().length));
    }
}
