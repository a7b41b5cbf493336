package parley.peer.group;

import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import parley.messages.directory.Code;
import parley.messages.directory.Reply;
import parley.messages.directory.Request;
import parley.messages.group.GroupEntry;
import parley.messages.group.GroupLog;
import parley.messages.group.Policy;
import parley.messages.group.Taking;
import parley.messages.name.GroupName;
import parley.messages.name.UserName;

/** A registry's groups, as several ask it; it can lose answers, and let somebody else be faster. */
final class PlayedDesk {
    private final Map<GroupName, GroupLog> logs = new HashMap<>();
    final AtomicInteger answersLost = new AtomicInteger();
    private @Nullable Held held;
    private Runnable beforeAppend = () -> {};

    synchronized GroupLog log() {
        return known(Person.TEAM);
    }

    synchronized boolean isEmpty() {
        return logs.isEmpty();
    }

    private GroupLog known(GroupName name) {
        return Objects.requireNonNull(logs.get(name));
    }

    synchronized void put(GroupLog log) {
        logs.put(log.name(), log);
    }

    synchronized void beforeAppend(Runnable what) {
        beforeAppend = what;
    }

    /** A log on its way: {@code answered} when it is decided what it holds, and there when {@code arrives} is completed. */
    record Held(CompletableFuture<Void> answered, CompletableFuture<Void> arrives) {}

    /** The next one that is asked for. */
    synchronized Held holdNextLog() {
        var next = new Held(new CompletableFuture<>(), new CompletableFuture<>());
        held = next;
        return next;
    }

    private synchronized @Nullable Held held(Request request) {
        if (!(request instanceof Request.LogOf)) return null;
        var now = held;
        held = null;
        return now;
    }

    GroupDesk of(UserName asker) {
        return request -> {
            var way = held(request);
            var answer = CompletableFuture.supplyAsync(() -> answer(asker, request));
            if (way == null) return answer;
            return answer.thenApply(outcome -> {
                        way.answered.complete(null);
                        return outcome;
                    })
                    .thenCombine(way.arrives, (outcome, there) -> outcome);
        };
    }

    private synchronized GroupDesk.Outcome answer(UserName asker, Request request) {
        var outcome = switch (request) {
            case Request.CreateGroup(var name, var first) -> create(name, first);
            case Request.AppendToLog(var name, var next) -> append(name, next);
            case Request.LogOf(var name, var from) -> log(asker, name, from);
            default -> throw new AssertionError(request);
        };
        boolean lost = !(request instanceof Request.LogOf) && answersLost.getAndUpdate(n -> Math.max(0, n - 1)) > 0;
        return lost ? new GroupDesk.Unreachable("The registry went away") : outcome;
    }

    private GroupDesk.Outcome create(GroupName name, GroupEntry first) {
        if (logs.containsKey(name)) return new GroupDesk.Refused(Code.TAKEN, "taken");
        put(Person.longer(GroupLog.begin(Person.REGISTRY, name, first)));
        return new GroupDesk.Answered(new Reply.Done());
    }

    private GroupDesk.Outcome append(GroupName name, GroupEntry next) {
        beforeAppend.run();
        return switch (known(name).append(next)) {
            case Taking.Longer(var longer) -> {
                put(longer);
                yield new GroupDesk.Answered(new Reply.Appended(longer.size()));
            }
            case Taking.Refused(var why) ->
                why == Taking.Why.WRONG_SEQUENCE || why == Taking.Why.WRONG_PREVIOUS
                        ? new GroupDesk.Refused(Code.HEAD, "head")
                        : new GroupDesk.Refused(Code.GROUP, why.toString());
        };
    }

    private GroupDesk.Outcome log(UserName asker, GroupName name, int from) {
        var log = logs.get(name);
        if (log == null) return new GroupDesk.Refused(Code.UNKNOWN, "unknown");
        boolean all = log.policy() == Policy.OPEN || log.member(asker).isPresent();
        var ended = log.endedAt(asker);
        if (!all && ended.isEmpty()) return new GroupDesk.Refused(Code.UNKNOWN, "unknown");
        int shown = all ? log.size() : (int) ended.getAsLong() + 1;
        // Two at a time, so that rows have to be put together.
        int first = Math.min(from, shown);
        return new GroupDesk.Answered(new Reply.Log(shown, log.entries().subList(first, Math.min(shown, first + 2))));
    }
}
