package parley.peer.talk;

/** How far a text of ours came: one tick in the mailbox, two on the disk. */
public final class Ticks {
    private static final String WAITING = "...";

    static String of(Mail.Stage stage) {
        return switch (stage) {
            case SENT -> "\u2713";
            case DELIVERED -> "\u2713\u2713";
            case READ -> "\u2713\u2713 read";
        };
    }

    static String of(ModernAnswer.Reached reached) {
        return switch (reached) {
            case QUEUED -> WAITING;
            case SENT -> of(Mail.Stage.SENT);
            case FAILED -> "\u2717";
            case DELIVERED -> of(Mail.Stage.DELIVERED);
            case READ -> of(Mail.Stage.READ);
        };
    }

    /** {@code ✓✓ 5/7}. */
    public static String of(Mail.Stage stage, int reached, int of) {
        return "%s %d/%d".formatted(of(stage), reached, of);
    }

    /** The furthest stage that says something: read by some counts less than delivered to not all. */
    static String of(ModernAnswer.InGroup in) {
        if (in.of() == 0) return "";
        if (in.read() > 0 && in.delivered() == in.of()) return of(Mail.Stage.READ, in.read(), in.of());
        if (in.delivered() > 0) return of(Mail.Stage.DELIVERED, in.delivered(), in.of());
        return in.sent() > 0 ? of(Mail.Stage.SENT, in.sent(), in.of()) : WAITING;
    }

    private Ticks() {}
}
