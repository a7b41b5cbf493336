package parley.peer.group;

import java.util.concurrent.CompletionStage;
import parley.messages.directory.Code;
import parley.messages.directory.Reply;
import parley.messages.directory.Request;

/** The registry, as groups ask it. Its stages end in bounded time and never fail. */
public interface GroupDesk {
    CompletionStage<Outcome> ask(Request request);

    sealed interface Outcome {}

    record Answered(Reply reply) implements Outcome {}

    record Refused(Code code, String why) implements Outcome {}

    /** Worth trying again; it may have been carried out. */
    record Unreachable(String why) implements Outcome {}
}
