package parley.peer.store;

import static org.apache.pekko.actor.typed.javadsl.Behaviors.same;

import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.DispatcherSelector;
import org.apache.pekko.actor.typed.PostStop;
import org.apache.pekko.actor.typed.Props;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import parley.messages.field.MalformedFields;
import parley.messages.wire.MessageId;
import parley.peer.vault.Vault;
import parley.peer.vault.VaultRefused;

/**
 * The one that writes to the vault. It blocks, on a thread of its own.
 *
 * <pre>
 *   Commit ──► group ──Sync──► one transaction ──► Committed to each, in order
 *     ▲          │                    │
 *     └─ gathers while the one before └─ refused: CommitFailed to each, and nothing of it is on disk
 *        is being synced
 *   Search ──► some pages ──► Lines ──SearchOn──► some pages ...     commits go on in between
 * </pre>
 */
public final class Store {
    public sealed interface Command {}

    /** @param buildsOn whether it goes on from what the same writer committed before: if any of that failed, so does it */
    public record Commit(List<Change> changes, ActorRef<? super Commitment> replyTo, boolean buildsOn)
            implements Command {
        public Commit(List<Change> changes, ActorRef<? super Commitment> replyTo) {
            this(changes, replyTo, false);
        }

        public static Commit buildingOn(List<Change> changes, ActorRef<? super Commitment> replyTo) {
            return new Commit(changes, replyTo, true);
        }
    }

    /** Any look at the tables. {@code failed} makes an answer of why it could not be had. */
    public record Read<T>(Function<Tables, T> query, Function<String, T> failed, ActorRef<? super T> replyTo)
            implements Command {}

    /** The last {@code count} texts, the newest first; of one contact or group, or all. */
    public record History(Optional<HistoryOf> of, int count, ActorRef<? super Looked> replyTo) implements Command {}

    /** Texts that hold {@code words} in whatever case, the newest first. Prints without them. */
    public record Find(String words, Optional<HistoryOf> of, int count, ActorRef<? super Looked> replyTo)
            implements Command {
        @Override
        public String toString() {
            return "Find[redacted]";
        }
    }

    /** The first {@code count} texts after {@code cursor}, in order, as one answer. */
    public record Since(long cursor, int count, ActorRef<? super Looked> replyTo) implements Command {}

    /** The words are zero afterwards. */
    public record Passwd(Typed old, Typed fresh, ActorRef<? super Outcome> replyTo) implements Command {}

    public record Export(Path file, Typed password, ActorRef<? super Outcome> replyTo) implements Command {}

    /** Writes what was given before, closes the vault, and stops. */
    public record Close() implements Command {}

    private record Sync() implements Command {}

    private record SearchOn(Search search, ActorRef<? super Looked> replyTo) implements Command {}

    public sealed interface Commitment {}

    /**
     * On disk.
     *
     * @param serials of the texts that were appended
     * @param refused marks that say nothing new, or something of somebody else's text
     * @param inGroups of those that were taken for texts in groups: how many members that reach now
     */
    public record Committed(
            Map<MessageId, Long> serials, Set<Change.Mark> refused, Map<Change.Mark, GroupReach> inGroups)
            implements Commitment {}

    /** Nothing of it is on disk. */
    public record CommitFailed(String why) implements Commitment {}

    public sealed interface Looked {}

    /** @param over whether no more follows for this question */
    public record Lines(List<HistoryLine> lines, boolean over) implements Looked {}

    /** Nothing more follows for this question. */
    public record NoLines(String why) implements Looked {}

    public sealed interface Outcome {}

    public record Done() implements Outcome {}

    public record Failed(String why) implements Outcome {}

    /** Pages. Some milliseconds for a commit that waits behind a search. */
    private static final int SLICE_PAGES = 64;

    /** Writers. */
    private static final int BROKEN_MAX = 10_000;

    /** Where it must run. */
    public static Props props() {
        return DispatcherSelector.fromConfig("parley.peer.store.dispatcher");
    }

    /** @param vault open, and no longer touched by whoever opened it */
    public static Behavior<Command> create(Vault vault) {
        return Behaviors.setup(context -> new Store(context, vault).open());
    }

    private final ActorContext<Command> context;
    private final Vault vault;
    private Group group = new Group();
    private HistoryTail tail;

    /** Writers of whom something failed that the rest builds on, in that order. */
    private final LinkedHashSet<ActorRef<? super Commitment>> broken = new LinkedHashSet<>();

    private Store(ActorContext<Command> context, Vault vault) {
        this.context = context;
        this.vault = vault;
        this.tail = vault.reading(records -> HistoryTail.read(Writing.to(records)));
    }

    private Behavior<Command> open() {
        return Behaviors.receive(Command.class)
                .onMessage(Command.class, this::on)
                .onSignal(PostStop.class, stopped -> closed())
                .build();
    }

    private Behavior<Command> on(Command command) {
        switch (command) {
            case Commit commit -> gather(commit);
            case Sync sync -> sync();
            case Read<?> read -> answer(read);
            case History(var of, var count, var replyTo) -> look(Search.of("", of, tail.number(), count), replyTo);
            case Find(var words, var of, var count, var replyTo) ->
                look(Search.of(words, of, tail.number(), count), replyTo);
            case SearchOn(var search, var replyTo) -> look(search, replyTo);
            case Since(var cursor, var count, var replyTo) -> since(cursor, count, replyTo);
            case Passwd(var old, var fresh, var replyTo) ->
                attempt(() -> vault.passwd(old.characters(), fresh.characters()), replyTo);
            case Export(var file, var password, var replyTo) ->
                attempt(() -> vault.exportTo(file, password.characters()), replyTo);
            case Close close -> {
                sync();
                return Behaviors.stopped();
            }
        }
        return same();
    }

    /** The mailbox is the queue: what is in it before our own Sync belongs to this group. */
    private void gather(Commit commit) {
        if (commit.buildsOn() && broken.contains(commit.replyTo())) {
            commit.replyTo().tell(new CommitFailed("What it builds on is not on disk"));
            return;
        }
        if (group.isEmpty()) context.getSelf().tell(new Sync());
        group.add(commit);
    }

    private void sync() {
        var full = group;
        group = new Group();
        if (full.isEmpty()) return;
        try {
            var written = vault.transaction(records -> full.write(Writing.to(records), tail));
            tail = written.tail();
            full.answer(written);
        } catch (VaultRefused | MalformedFields refused) {
            var failed = new CommitFailed(String.valueOf(refused.getMessage()));
            for (var commit : full.commits()) {
                if (commit.buildsOn()) broken.add(commit.replyTo());
                commit.replyTo().tell(failed);
            }
            // They stop when they hear of it; what they have sent until then is here long before so many others.
            while (broken.size() > BROKEN_MAX) broken.remove(broken.iterator().next());
        }
    }

    private <T> void answer(Read<T> read) {
        T answer;
        try {
            answer = vault.reading(records -> read.query().apply(Writing.to(records)));
        } catch (VaultRefused | MalformedFields refused) {
            answer = read.failed().apply(String.valueOf(refused.getMessage()));
        }
        read.replyTo().tell(answer);
    }

    private void look(Search search, ActorRef<? super Looked> replyTo) {
        try {
            var slice = vault.reading(records -> search.look(Writing.to(records), SLICE_PAGES));
            boolean over = slice.next().isOver();
            if (over || !slice.found().isEmpty()) replyTo.tell(new Lines(slice.found(), over));
            if (!over) context.getSelf().tell(new SearchOn(slice.next(), replyTo));
        } catch (VaultRefused | MalformedFields refused) {
            replyTo.tell(new NoLines(String.valueOf(refused.getMessage())));
        }
    }

    private void since(long cursor, int count, ActorRef<? super Looked> replyTo) {
        try {
            var lines = vault.reading(records -> After.read(Writing.to(records), tail, cursor, count));
            replyTo.tell(new Lines(lines, true));
        } catch (VaultRefused | MalformedFields refused) {
            replyTo.tell(new NoLines(String.valueOf(refused.getMessage())));
        }
    }

    private void attempt(Runnable work, ActorRef<? super Outcome> replyTo) {
        try {
            work.run();
            replyTo.tell(new Done());
        } catch (VaultRefused refused) {
            replyTo.tell(new Failed(String.valueOf(refused.getMessage())));
        }
    }

    private Behavior<Command> closed() {
        vault.close();
        return same();
    }
}
