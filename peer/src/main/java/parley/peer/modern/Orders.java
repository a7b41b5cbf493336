package parley.peer.modern;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import parley.messages.name.GroupName;
import parley.messages.name.UserName;
import parley.peer.command.Conversation;
import parley.peer.command.FileInput;
import parley.peer.command.GroupInput;
import parley.peer.command.Input;
import parley.peer.command.ModernInput;
import parley.peer.contact.Standing;
import parley.peer.contact.Trust;
import parley.peer.file.FilesCommand;
import parley.peer.store.HistoryOf;
import parley.peer.talk.Happening;
import parley.peer.talk.ModernAnswer;

/** The commands of whoever is signed in, and to whom each of them goes. */
final class Orders {
    /** How a file can be named. */
    private static final Pattern FILE = Pattern.compile("[0-9a-f]{4,32}");

    /** Somebody known, or known from now on. */
    interface Meeting {
        Member meet(UserName name);
    }

    private final Parts parts;
    private final AtRegistry atRegistry;
    private final AtGroups atGroups;
    private final Meeting meeting;
    private final Verification verification;

    Orders(Parts parts, AtRegistry atRegistry, AtGroups atGroups, Meeting meeting) {
        this.parts = parts;
        this.atRegistry = atRegistry;
        this.atGroups = atGroups;
        this.meeting = meeting;
        this.verification = new Verification(parts.own());
    }

    void run(Input input) {
        var errands = parts.errands();
        var verb = input.verb();
        switch (input) {
            case Input.SendText(Input.One(var to), var text) -> {
                if (to.equals(parts.own().name()))
                    fail(verb, "You are %s yourself, expected somebody else".formatted(to));
                else {
                    lookAgain(to);
                    errands.write(meeting.meet(to), text);
                }
            }
            case ModernInput.Contacts all -> errands.contacts(verb, parts.roster());
            // Names come first.
            case ModernInput.Accept(var name, var digits)
            when digits == null && !isKnown(name) && FILE.matcher(name.text()).matches() ->
                alter(verb, FilesCommand.How.ACCEPT, name.text());
            case ModernInput.Accept accept ->
                known(verb, accept.user(), member -> errands.accept(accept, member, verification));
            case ModernInput.Block(var user) -> errands.block(verb, meeting.meet(user));
            case ModernInput.Verify verify -> {
                lookAgain(verify.user());
                known(verb, verify.user(), member -> errands.verify(verify, member, verification));
            }
            case ModernInput.History(var with, var count) ->
                conversation(
                        verb,
                        with,
                        member -> errands.history(verb, member, count),
                        group -> errands.history(verb, group, count, () -> atGroups.markRead(group)));
            case ModernInput.Search(var words, var in) -> search(verb, words, in);
            case ModernInput.Read(var with) ->
                conversation(verb, with, member -> errands.read(verb, member), group -> atGroups.read(verb, group));
            case ModernInput.Status now -> errands.state(verb, parts.roster(), this::state);
            case ModernInput.ChangePassword(var old, var fresh) -> {
                if (old == null || fresh == null) fail(verb, "A password is missing");
                else errands.passwd(verb, old, fresh);
            }
            case ModernInput.Export export -> {
                if (export.password() == null) fail(verb, "A password is missing");
                else errands.export(export, export.password());
            }
            case Input.SendText(Input.Groups(var groups), var text) ->
                one(verb, groups, group -> atGroups.send(verb, group, text));
            case Input.SendFile(Input.One(var to), var path) -> {
                if (to.equals(parts.own().name()))
                    fail(verb, "You are %s yourself, expected somebody else".formatted(to));
                else {
                    lookAgain(to);
                    parts.files().tell(new FilesCommand.Send(verb, to, path));
                }
            }
            case Input.SendFile(Input.Groups(var groups), var path) ->
                one(verb, groups, group -> parts.files().tell(new FilesCommand.SendToGroup(verb, group, path)));
            case FileInput.Transfers all -> parts.files().tell(new FilesCommand.Look(verb));
            case FileInput.Pause(var id) -> alter(verb, FilesCommand.How.PAUSE, id);
            case FileInput.Resume(var id) -> alter(verb, FilesCommand.How.RESUME, id);
            case FileInput.Cancel(var id) -> alter(verb, FilesCommand.How.CANCEL, id);
            case Input.ListGroups groups -> atGroups.list(verb);
            case Input.Members(var group) -> atGroups.members(verb, group);
            case Input.Create(var group, var policy) -> atGroups.create(verb, group, policy);
            case Input.Join(var group) -> atGroups.join(verb, group);
            case GroupInput.Leave(var group) -> atGroups.leave(verb, group);
            case GroupInput.Invite invite -> atGroups.invite(invite);
            case GroupInput.Remove remove -> atGroups.remove(remove);
            case GroupInput.Admin admin -> atGroups.admin(admin);
            case GroupInput.Show(var group) -> atGroups.show(verb, group);
            case GroupInput.SetPolicy policy -> atGroups.setPolicy(policy);
            // The peer answers these itself.
            case Input.SignUp stray -> throw unexpected(stray);
            case Input.SignIn stray -> throw unexpected(stray);
            case Input.Help stray -> throw unexpected(stray);
            case Input.Exit stray -> throw unexpected(stray);
            case Input.Unreadable stray -> throw unexpected(stray);
            case ModernInput.Import stray -> throw unexpected(stray);
            case ModernInput.Revoke stray -> throw unexpected(stray);
        }
    }

    private void alter(String verb, FilesCommand.How how, String id) {
        parts.files().tell(new FilesCommand.Alter(verb, how, id));
    }

    /** Of whom the registry said what cannot be believed nobody tells us more: perhaps it speaks the truth again. */
    private void lookAgain(UserName user) {
        if (parts.roster().find(user).filter(m -> m.trust() == Trust.FORKED).isPresent()) atRegistry.fetch(user, false);
    }

    private interface WithMember {
        void carryOut(Member member);
    }

    private void known(String verb, UserName user, WithMember errand) {
        if (isKnown(user)) errand.carryOut(meeting.meet(user));
        else fail(verb, "You don't know %s, expected a contact".formatted(user));
    }

    /** @param inGroup what to do if a group is meant */
    private void conversation(String verb, Conversation with, WithMember errand, Consumer<GroupName> inGroup) {
        switch (with) {
            case Conversation.With(var user) -> known(verb, user, errand);
            case Conversation.In(var group) -> inGroup.accept(group);
            case Conversation.Called(var user, var group) -> {
                if (isKnown(user)) known(verb, user, errand);
                else inGroup.accept(group);
            }
        }
    }

    private boolean isKnown(UserName user) {
        return parts.roster().find(user).isPresent();
    }

    private void search(String verb, String words, @Nullable Conversation in) {
        switch (in) {
            case null -> parts.errands().search(verb, words, Optional.empty());
            case Conversation.With(var user) ->
                parts.errands().search(verb, words, Optional.of(new HistoryOf.With(user)));
            case Conversation.In(var group) ->
                parts.errands().search(verb, words, Optional.of(new HistoryOf.In(group)));
            case Conversation.Called(var user, var group) ->
                parts.errands()
                        .search(
                                verb,
                                words,
                                Optional.of(isKnown(user) ? new HistoryOf.With(user) : new HistoryOf.In(group)));
        }
    }

    /** A text that is sealed for each member has one group for which it counts. */
    private void one(String verb, List<GroupName> groups, Consumer<GroupName> errand) {
        if (groups.size() == 1) errand.accept(groups.getFirst());
        else
            fail(
                    verb,
                    "Found %s, expected one group"
                            .formatted(groups.stream().map(GroupName::text).collect(Collectors.joining(","))));
    }

    private ModernAnswer.State state(List<ModernAnswer.Route> routes) {
        var shown = routes.stream()
                .filter(route -> route.waiting() > 0
                        || route.link().isPresent()
                        || parts.roster()
                                .find(route.contact())
                                .filter(m -> m.standing() == Standing.ACCEPTED)
                                .isPresent())
                .sorted(Comparator.comparing(ModernAnswer.Route::contact))
                .toList();
        int outbox = routes.stream().mapToInt(ModernAnswer.Route::waiting).sum();
        return new ModernAnswer.State(
                parts.own().name(),
                parts.registryShown(),
                atRegistry.isSignedIn(),
                outbox,
                atRegistry.inMailbox(),
                shown);
    }

    private void fail(String verb, String why) {
        parts.screen().show(new Happening.Failed(verb, why));
    }

    private static IllegalStateException unexpected(Input stray) {
        return new IllegalStateException("not for a session: " + stray.verb());
    }
}
