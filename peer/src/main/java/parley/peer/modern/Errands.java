package parley.peer.modern;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.AskPattern;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import parley.messages.name.GroupName;
import parley.messages.name.Password;
import parley.messages.name.UserName;
import parley.peer.command.ModernInput;
import parley.peer.contact.ContactCommand;
import parley.peer.contact.ContactStatus;
import parley.peer.contact.Standing;
import parley.peer.delivery.Delivery;
import parley.peer.store.HistoryFile;
import parley.peer.store.HistoryLine;
import parley.peer.store.HistoryOf;
import parley.peer.store.Reach;
import parley.peer.store.Store;
import parley.peer.store.Typed;
import parley.peer.talk.Answer;
import parley.peer.talk.GroupAnswer;
import parley.peer.talk.Happening;
import parley.peer.talk.ModernAnswer;
import parley.peer.talk.Screen;

/** Carries out the commands of one account; each ends with one happening, whenever its answers are there. */
final class Errands {
    /** How long a disk may take. Whoever typed the command sees nothing until then. */
    static final Duration DISK_PATIENCE = Duration.ofSeconds(30);

    /** Texts that one search shows: more are scrolled past, not read. */
    private static final int FOUND_MAX = 100;

    private static final String SEND = "send";

    private final ActorContext<?> context;
    private final ActorSystem<?> system;
    private final ActorRef<Store.Command> store;
    private final Screen screen;

    Errands(ActorContext<?> context, ActorRef<Store.Command> store, Screen screen) {
        this.context = context;
        this.system = context.getSystem();
        this.store = store;
        this.screen = screen;
    }

    void write(Member to, String text) {
        to.cipher().tell(new ContactCommand.Write(text, to.writer()));
        // Whoever answers has read what he answers.
        to.cipher().tell(new ContactCommand.MarkRead());
    }

    /** Shows what becomes of texts to one contact, in their order. */
    ActorRef<ContactCommand.Outcome> writer(UserName to) {
        return context.spawnAnonymous(Behaviors.receiveMessage(outcome -> {
            screen.show(
                    switch (outcome) {
                        case ContactCommand.Written(var id, var serial) ->
                            done(SEND, new ModernAnswer.Queued(id.toString(), to));
                        case ContactCommand.NotWritten(var why, var said) -> new Happening.Failed(SEND, said);
                    });
            return Behaviors.same();
        }));
    }

    void contacts(String verb, Roster roster) {
        end(
                verb,
                statuses(roster),
                all -> done(
                        verb,
                        new ModernAnswer.Contacts(all.stream()
                                .filter(Errands::isKnown)
                                .map(status -> Shown.contact(
                                        status,
                                        roster.find(status.contact())
                                                .map(Member::online)
                                                .orElse(false)))
                                .toList())));
    }

    /** A registry can name anybody as a sender: nobody is a contact before something of his could be opened. */
    private static boolean isKnown(ContactStatus status) {
        return status.standing() != Standing.STRANGER || status.waiting() > 0;
    }

    void accept(ModernInput.Accept input, Member member, Verification verification) {
        end(
                input.verb(),
                status(member)
                        .thenCompose(status -> verification.accept(
                                input, status, member.cipher(), question -> asked(member, question))),
                Function.identity());
    }

    void block(String verb, Member member) {
        member.cipher().tell(new ContactCommand.Block());
        screen.show(done(verb, new ModernAnswer.Blocked(member.name())));
    }

    void verify(ModernInput.Verify input, Member member, Verification verification) {
        end(
                input.verb(),
                status(member)
                        .thenCompose(status -> verification.verify(input, status, question -> asked(member, question))),
                Function.identity());
    }

    void history(String verb, Member member, int count) {
        looked(
                verb,
                replyTo -> new Store.History(Optional.of(new HistoryOf.With(member.name())), count, replyTo),
                lines -> {
                    member.cipher().tell(new ContactCommand.MarkRead());
                    return new ModernAnswer.History(
                            member.name(),
                            lines.reversed().stream().map(Shown::text).toList());
                });
    }

    /** @param seen what to do when it was found: then it is shown */
    void history(String verb, GroupName group, int count, Runnable seen) {
        looked(verb, replyTo -> new Store.History(Optional.of(new HistoryOf.In(group)), count, replyTo), lines -> {
            seen.run();
            return new GroupAnswer.History(
                    group, lines.reversed().stream().map(Shown::text).toList());
        });
    }

    void search(String verb, String words, Optional<HistoryOf> in) {
        looked(
                verb,
                replyTo -> new Store.Find(words, in, FOUND_MAX + 1, replyTo),
                lines -> new ModernAnswer.Found(
                        lines.stream().limit(FOUND_MAX).map(Shown::text).toList(), lines.size() > FOUND_MAX));
    }

    void read(String verb, Member member) {
        end(verb, status(member), status -> {
            member.cipher().tell(new ContactCommand.MarkRead());
            return done(verb, new ModernAnswer.ReadAll(member.name(), status.unread()));
        });
    }

    /** @param base what the session itself knows */
    void state(String verb, Roster roster, Function<List<ModernAnswer.Route>, ModernAnswer.State> base) {
        CompletionStage<List<ModernAnswer.Route>> routes = CompletableFuture.completedStage(new ArrayList<>());
        for (var member : roster.all()) {
            CompletionStage<Delivery.Counted> counted =
                    AskPattern.ask(member.delivery(), Delivery.Count::new, DISK_PATIENCE, system.scheduler());
            routes = routes.thenCombine(counted, (sofar, count) -> {
                sofar.add(new ModernAnswer.Route(member.name(), member.route(), count.waiting()));
                return sofar;
            });
        }
        end(verb, routes, all -> done(verb, base.apply(all)));
    }

    void passwd(String verb, Password old, Password fresh) {
        stored(
                verb,
                replyTo -> new Store.Passwd(typed(old), typed(fresh), replyTo),
                new ModernAnswer.PasswordChanged());
    }

    void export(ModernInput.Export input, Password password) {
        var file = input.file().toAbsolutePath().normalize();
        stored(
                input.verb(),
                replyTo -> new Store.Export(file, typed(password), replyTo),
                new ModernAnswer.Exported(file));
    }

    /** Of all contacts, in the order of their names. */
    CompletionStage<List<ContactStatus>> statuses(Roster roster) {
        CompletionStage<List<ContactStatus>> all = CompletableFuture.completedStage(new ArrayList<>());
        for (var member : roster.all()) {
            all = all.thenCombine(status(member), (sofar, status) -> {
                sofar.add(status);
                return sofar;
            });
        }
        return all;
    }

    private CompletionStage<ContactStatus> status(Member member) {
        return asked(member, ContactCommand.Ask::new);
    }

    private <T> CompletionStage<T> asked(Member member, Function<ActorRef<T>, ContactCommand> question) {
        return AskPattern.ask(member.cipher(), question::apply, DISK_PATIENCE, system.scheduler());
    }

    private void stored(String verb, Function<ActorRef<Store.Outcome>, Store.Command> work, Answer answer) {
        CompletionStage<Store.Outcome> outcome = AskPattern.ask(store, work::apply, DISK_PATIENCE, system.scheduler());
        end(verb, outcome, ended -> switch (ended) {
            case Store.Done well -> done(verb, answer);
            case Store.Failed(var why) -> new Happening.Failed(verb, why);
        });
    }

    private void looked(
            String verb,
            Function<ActorRef<Store.Looked>, Store.Command> question,
            Function<List<HistoryLine>, Answer> answer) {
        var gathering = context.spawnAnonymous(Gathering.create((lines, why) ->
                screen.show(lines == null ? new Happening.Failed(verb, why) : done(verb, answer.apply(lines)))));
        store.tell(question.apply(gathering));
    }

    private <T> void end(String verb, CompletionStage<T> answer, Function<T, Happening> happening) {
        answer.thenApply(happening)
                .exceptionally(late -> new Happening.Failed(verb, "That took too long; is the disk busy?"))
                .thenAccept(screen::show);
    }

    private static Typed typed(Password password) {
        return Typed.of(password.text().toCharArray());
    }

    private static Happening done(String verb, Answer answer) {
        return new Happening.Done(verb, answer);
    }

    /** Values of the store and of ciphers, as a screen knows them. */
    static final class Shown {
        static ModernAnswer.Text text(HistoryLine line) {
            var entry = line.entry();
            return new ModernAnswer.Text(
                    entry.id().toString(),
                    inGroup(line),
                    entry.contact(),
                    entry.ours(),
                    entry.text(),
                    Instant.ofEpochMilli(entry.timeMillis()),
                    line.reach().map(Shown::reached).orElse(null),
                    entry.file().map(Shown::attached));
        }

        private static ModernAnswer.Attached attached(HistoryFile file) {
            return new ModernAnswer.Attached(file.bytes(), file.sha256(), file.type(), Path.of(file.path()));
        }

        private static Optional<ModernAnswer.InGroup> inGroup(HistoryLine line) {
            return line.entry()
                    .group()
                    .map(group -> line.inGroup()
                            .map(there -> new ModernAnswer.InGroup(
                                    group, there.sent(), there.delivered(), there.read(), there.of()))
                            .orElseGet(() -> ModernAnswer.InGroup.theirs(group)));
        }

        private static ModernAnswer.Reached reached(Reach reach) {
            return switch (reach) {
                case QUEUED -> ModernAnswer.Reached.QUEUED;
                case SENT -> ModernAnswer.Reached.SENT;
                case GAVE_UP -> ModernAnswer.Reached.FAILED;
                case DELIVERED -> ModernAnswer.Reached.DELIVERED;
                case READ -> ModernAnswer.Reached.READ;
            };
        }

        static ModernAnswer.Contact contact(ContactStatus status, boolean online) {
            var standing = switch (status.standing()) {
                case STRANGER -> ModernAnswer.Standing.WAITING;
                case ACCEPTED -> ModernAnswer.Standing.ACCEPTED;
                case BLOCKED -> ModernAnswer.Standing.BLOCKED;
            };
            var trust = switch (status.trust()) {
                case PINNED, CHANGED -> ModernAnswer.Trust.UNVERIFIED;
                case VERIFIED -> ModernAnswer.Trust.VERIFIED;
                case FORKED -> ModernAnswer.Trust.CHANGED;
                case REVOKED -> ModernAnswer.Trust.REVOKED;
            };
            return new ModernAnswer.Contact(status.contact(), standing, trust, online, status.unread());
        }

        private Shown() {}
    }
}
