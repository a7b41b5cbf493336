package parley.registry.gate.modern;

import parley.messages.directory.Limits;
import parley.messages.directory.Request;

/**
 * What a connection was asked and has not answered, and the bytes that the answers may have: how much it takes on at a
 * time. Mutable.
 */
final class Unanswered {
    private static final int BUFFERED_BYTES_MAX = 256 * 1024;

    /** What an answer may have, if it has no statements in it: a pair of prekeys is the longest. */
    private static final int ANSWER_BYTES_MAX = 2 * 1024;

    private int requests;
    private long reserved;

    /** @param waiting bytes of answers and envelopes that nobody has read yet */
    boolean hasRoom(long waiting) {
        return requests < Limits.UNANSWERED_MAX && waiting + reserved < BUFFERED_BYTES_MAX;
    }

    boolean isEmpty() {
        return requests == 0;
    }

    void asked(Request request) {
        requests++;
        reserved += answerBytesMax(request);
    }

    void answered(Request request) {
        requests--;
        reserved -= answerBytesMax(request);
    }

    private static int answerBytesMax(Request request) {
        return switch (request) {
            case Request.ChainOf c -> Limits.LINE_BYTES_MAX;
            case Request.LogOf l -> Limits.LINE_BYTES_MAX;
            case Request.ListGroups l -> Limits.LINE_BYTES_MAX;
            case Request.SignUp s -> ANSWER_BYTES_MAX;
            case Request.Publish p -> ANSWER_BYTES_MAX;
            case Request.Pairs p -> ANSWER_BYTES_MAX;
            case Request.PrekeysOf p -> ANSWER_BYTES_MAX;
            case Request.Revoke r -> ANSWER_BYTES_MAX;
            case Request.Allow a -> ANSWER_BYTES_MAX;
            case Request.Watch w -> ANSWER_BYTES_MAX;
            case Request.WhereIs w -> ANSWER_BYTES_MAX;
            case Request.Deposit d -> ANSWER_BYTES_MAX;
            case Request.CreateGroup c -> ANSWER_BYTES_MAX;
            case Request.AppendToLog a -> ANSWER_BYTES_MAX;
            case Request.Ack a -> ANSWER_BYTES_MAX;
            case Request.SignIn s -> ANSWER_BYTES_MAX;
            case Request.Collect c -> ANSWER_BYTES_MAX;
            case Request.Exit e -> ANSWER_BYTES_MAX;
            case Request.Unreadable u -> ANSWER_BYTES_MAX;
        };
    }
}
