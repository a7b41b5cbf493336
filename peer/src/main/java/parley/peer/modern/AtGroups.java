package parley.peer.modern;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.javadsl.AskPattern;
import org.jspecify.annotations.Nullable;
import parley.messages.directory.Limits;
import parley.messages.directory.Reply;
import parley.messages.directory.Request;
import parley.messages.group.Deed;
import parley.messages.group.GroupLog;
import parley.messages.group.GroupMember;
import parley.messages.group.Policy;
import parley.messages.identity.IdentityKey;
import parley.messages.name.GroupName;
import parley.messages.name.UserName;
import parley.peer.command.GroupInput;
import parley.peer.contact.Trust;
import parley.peer.group.GroupCommand;
import parley.peer.group.Groups;
import parley.peer.talk.Answer;
import parley.peer.talk.GroupAnswer;
import parley.peer.talk.Happening;
import parley.peer.talk.ModernAnswer;

/** The commands about groups; each ends with one happening, whenever its answers are there. */
final class AtGroups {
    /** A race that is lost eight times, each with a question and an answer of the registry's whole patience. */
    private static final Duration PATIENCE = Duration.ofMinutes(5);

    /** Rows of the registry's list: 64,000 groups, of which nobody reads more. */
    private static final int LISTS_MAX = 64;

    private final Parts parts;
    private final ActorSystem<?> system;

    AtGroups(Parts parts, ActorSystem<?> system) {
        this.parts = parts;
        this.system = system;
    }

    void create(String verb, GroupName group, @Nullable Policy policy) {
        alter(
                verb,
                group,
                replyTo -> new GroupCommand.Found(policy == null ? Policy.INVITE : policy, replyTo),
                log -> new GroupAnswer.Created(group, log.policy()));
    }

    void join(String verb, GroupName group) {
        alter(
                verb,
                group,
                replyTo -> new GroupCommand.Alter(new Deed.Join(), replyTo),
                log -> new GroupAnswer.Joined(group, log.members().size()));
    }

    void leave(String verb, GroupName group) {
        deed(verb, group, new Deed.Leave(), new GroupAnswer.Left(group));
    }

    void remove(GroupInput.Remove input) {
        var group = input.group();
        deed(input.verb(), group, new Deed.Remove(input.user()), new GroupAnswer.Removed(group, input.user()));
    }

    void admin(GroupInput.Admin input) {
        deed(
                input.verb(),
                input.group(),
                new Deed.Admin(input.user(), input.on()),
                new GroupAnswer.Admin(input.group(), input.user(), input.on()));
    }

    void setPolicy(GroupInput.SetPolicy input) {
        var group = input.group();
        deed(input.verb(), group, new Deed.Become(input.policy()), new GroupAnswer.PolicySet(group, input.policy()));
    }

    /** Under the identity that is believed; of whom none is, what the registry hands out. */
    void invite(GroupInput.Invite input) {
        var verb = input.verb();
        var user = input.user();
        var member = parts.roster().find(user).filter(known -> known.chain().isPresent());
        var trust = member.map(Member::trust).orElse(Trust.PINNED);
        if (trust == Trust.FORKED || trust == Trust.REVOKED) {
            fail(
                    verb,
                    trust == Trust.FORKED
                            ? "%s has another identity than before: accept it first".formatted(user)
                            : "The identity of %s has ended".formatted(user));
            return;
        }
        if (member.isPresent()) {
            invite(input, member.get().chain().orElseThrow().identity());
            return;
        }
        parts.inquiry().chain(parts.own().registry(), user).thenAccept(found -> {
            switch (found) {
                case Inquiry.Whole(var chain, var pair) -> invite(input, chain.identity());
                case Inquiry.Missing(var never, var why) -> fail(verb, why);
                case Inquiry.Wrong(var why) -> fail(verb, why);
            }
        });
    }

    private void invite(GroupInput.Invite input, IdentityKey identity) {
        var group = input.group();
        deed(input.verb(), group, new Deed.Add(input.user(), identity), new GroupAnswer.Invited(group, input.user()));
    }

    /** Whoever writes has read what he answers. */
    void send(String verb, GroupName group, String text) {
        CompletionStage<GroupCommand.Writing> written = asked(group, replyTo -> new GroupCommand.Write(text, replyTo));
        end(verb, written, outcome -> switch (outcome) {
            case GroupCommand.Wrote(var id, var members) ->
                done(verb, new GroupAnswer.Queued(id.toString(), group, members));
            case GroupCommand.NotWritten(var why) -> new Happening.Failed(verb, why);
        });
        markRead(group);
    }

    void read(String verb, GroupName group) {
        end(verb, markRead(group), outcome -> switch (outcome) {
            case GroupCommand.Read(var texts) -> done(verb, new GroupAnswer.ReadAll(group, texts));
            case GroupCommand.NotRead(var why) -> new Happening.Failed(verb, why);
        });
    }

    CompletionStage<GroupCommand.Reading> markRead(GroupName group) {
        return asked(group, GroupCommand.MarkRead::new);
    }

    /** Those that we are in, or the one that is named. */
    void members(String verb, @Nullable GroupName group) {
        end(verb, views(), views -> {
            var groups = views.stream()
                    .filter(view ->
                            group == null ? isOurs(view) : view.log().name().equals(group))
                    .map(view -> new Answer.Members.Group(
                            view.log().name(),
                            view.log().members().stream().map(GroupMember::name).toList()))
                    .toList();
            if (group != null && groups.isEmpty()) return notIn(verb, group);
            return done(verb, new GroupAnswer.Members(groups));
        });
    }

    void show(String verb, GroupName group) {
        // The roster is the session's; what follows may run elsewhere.
        Map<UserName, Member> known = new HashMap<>();
        parts.roster().all().forEach(member -> known.put(member.name(), member));
        var own = parts.own();
        end(
                verb,
                views(),
                views -> views.stream()
                        .map(Groups.View::log)
                        .filter(log -> log.name().equals(group))
                        .findFirst()
                        .map(log -> done(
                                verb,
                                new GroupAnswer.Shown(
                                        group,
                                        log.policy(),
                                        log.sequence(),
                                        HexFormat.of().formatHex(log.head().toArrayUnsafe()),
                                        log.members().stream()
                                                .map(member -> member.name().equals(own.name())
                                                        ? new GroupAnswer.Member(
                                                                member.name(),
                                                                member.admin(),
                                                                Optional.empty(),
                                                                member.identity()
                                                                        .equals(own.identity()))
                                                        : shown(member, Optional.ofNullable(known.get(member.name()))))
                                                .toList())))
                        .orElseGet(() -> notIn(verb, group)));
    }

    private static GroupAnswer.Member shown(GroupMember member, Optional<Member> contact) {
        return new GroupAnswer.Member(
                member.name(),
                member.admin(),
                contact.filter(Member::isFriend).map(Member::online),
                contact.filter(known -> known.trust() == Trust.VERIFIED)
                        .flatMap(Member::chain)
                        .filter(chain -> chain.identity().equals(member.identity()))
                        .isPresent());
    }

    /** The open ones of the registry and our own. */
    void list(String verb) {
        var listed = listed(Optional.empty(), new ArrayList<>(), 0);
        end(
                verb,
                views().thenCombine(listed, (views, groups) -> {
                    if (groups.isEmpty())
                        return new Happening.Failed(verb, "The registry does not say which groups there are");
                    Map<GroupName, GroupAnswer.Size> all = new TreeMap<>();
                    for (var group : groups.get())
                        all.put(group.name(), new GroupAnswer.Size(group.name(), group.members(), false));
                    for (var view : views)
                        if (isOurs(view))
                            all.put(
                                    view.log().name(),
                                    new GroupAnswer.Size(
                                            view.log().name(),
                                            view.log().members().size(),
                                            true));
                    return done(verb, new GroupAnswer.Listed(List.copyOf(all.values())));
                }),
                Function.identity());
    }

    private CompletionStage<Optional<List<Reply.Listed>>> listed(
            Optional<GroupName> after, List<Reply.Listed> sofar, int rows) {
        return parts.inquiry().ask(new Request.ListGroups(after)).thenCompose(outcome -> {
            if (!(outcome instanceof Inquiry.Answered(Reply.Groups(var groups))))
                return CompletableFuture.completedStage(Optional.empty());
            sofar.addAll(groups);
            return groups.size() < Limits.LIST_MAX || rows >= LISTS_MAX
                    ? CompletableFuture.completedStage(Optional.of(List.copyOf(sofar)))
                    : listed(Optional.of(groups.getLast().name()), sofar, rows + 1);
        });
    }

    /** For the greeting: those that we are in. */
    CompletionStage<List<ModernAnswer.UnreadInGroup>> unread() {
        return views().thenApply(views -> views.stream()
                .filter(this::isOurs)
                .map(view -> new ModernAnswer.UnreadInGroup(view.log().name(), view.unread()))
                .toList());
    }

    private boolean isOurs(Groups.View view) {
        return view.log().member(parts.own().name()).isPresent();
    }

    private CompletionStage<List<Groups.View>> views() {
        CompletionStage<Groups.Views> views =
                AskPattern.ask(parts.groups(), Groups.Look::new, Errands.DISK_PATIENCE, system.scheduler());
        return views.thenApply(all -> all.groups().stream()
                .sorted(Comparator.comparing((Groups.View view) -> view.log().name()))
                .toList());
    }

    private void deed(String verb, GroupName group, Deed deed, GroupAnswer answer) {
        alter(verb, group, replyTo -> new GroupCommand.Alter(deed, replyTo), log -> answer);
    }

    private void alter(
            String verb,
            GroupName group,
            Function<ActorRef<GroupCommand.Altering>, GroupCommand.Asked> command,
            Function<GroupLog, GroupAnswer> answer) {
        end(verb, asked(group, command), outcome -> switch (outcome) {
            case GroupCommand.Altered(var log) -> done(verb, answer.apply(log));
            case GroupCommand.NotAltered(var why) -> new Happening.Failed(verb, why);
        });
    }

    private <T> CompletionStage<T> asked(GroupName group, Function<ActorRef<T>, GroupCommand.Asked> command) {
        return AskPattern.ask(
                parts.groups(), replyTo -> new Groups.To(group, command.apply(replyTo)), PATIENCE, system.scheduler());
    }

    private <T> void end(String verb, CompletionStage<T> answer, Function<T, Happening> happening) {
        answer.thenApply(happening)
                .exceptionally(late -> new Happening.Failed(verb, "That took too long; is the registry busy?"))
                .thenAccept(parts.screen()::show);
    }

    private static Happening done(String verb, Answer answer) {
        return new Happening.Done(verb, answer);
    }

    private static Happening notIn(String verb, GroupName group) {
        return new Happening.Failed(verb, "You are not in %s, expected a group that you are in".formatted(group));
    }

    private void fail(String verb, String why) {
        parts.screen().show(new Happening.Failed(verb, why));
    }
}
