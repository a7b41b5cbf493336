package parley.registry.gate;

import parley.messages.classic.Reply;
import parley.messages.name.UserName;

/** What a connection waits for before it looks at its next request. An answer to anything else has come too late. */
sealed interface Waiting {
    record Nothing() implements Waiting {}

    /** A desk's answer, which always comes: it is a failure if it takes too long. */
    record Answer() implements Waiting {}

    /** @param untilNanos when that takes too long, by {@link System#nanoTime} */
    record LookUp(UserName of, long untilNanos) implements Waiting {}

    record SignIn(UserName as) implements Waiting {}

    /** Time to pass before nonsense is answered. */
    record Pause(Reply then) implements Waiting {}

    Waiting NOTHING = new Nothing();
    Waiting ANSWER = new Answer();
}
