package parley.peer.terminal;

import java.util.List;
import java.util.NavigableSet;
import java.util.concurrent.ConcurrentSkipListSet;
import parley.messages.name.GroupName;
import parley.messages.name.UserName;
import parley.peer.talk.Answer;
import parley.peer.talk.FileAnswer;
import parley.peer.talk.FileMail;
import parley.peer.talk.GroupAnswer;
import parley.peer.talk.GroupMail;
import parley.peer.talk.Happening;
import parley.peer.talk.Mail;
import parley.peer.talk.ModernAnswer;
import parley.peer.talk.Party;

/** Users, groups and files that were met since the start: what Tab can offer. Safe for threads. */
final class Acquaintances {
    /** Names of each kind. A registry that lists a million groups must not fill our memory, nor the menu. */
    private static final int NAMES_MAX = 1_000;

    /** Digits of a file's id, as lines show it. */
    private static final int ID_SHOWN = 8;

    private final NavigableSet<UserName> users = new ConcurrentSkipListSet<>();
    private final NavigableSet<GroupName> groups = new ConcurrentSkipListSet<>();
    private final NavigableSet<String> files = new ConcurrentSkipListSet<>();
    private final Memberships memberships = new Memberships();

    Iterable<UserName> users() {
        return users;
    }

    Iterable<GroupName> groups() {
        return groups;
    }

    /** The beginnings of ids of those that may be under way. */
    Iterable<String> files() {
        return files;
    }

    /** As far as they were shown. */
    Iterable<UserName> members(GroupName group) {
        return memberships.of(group);
    }

    void see(Happening happening) {
        switch (happening) {
            case Happening.TextCame(var from, var text) -> meet(from);
            case Happening.FileCame file -> meet(file.from());
            case Happening.Progress progress -> meet(progress.with());
            case Happening.FileFailed failed -> meet(failed.from());
            case Happening.Done(var command, var answer) -> see(answer);
            case Mail mail -> see(mail);
            case Happening.Ready nobody -> {}
            case Happening.Started nobody -> {}
            case Happening.RegistryLost nobody -> {}
            case Happening.RegistryBack nobody -> {}
            case Happening.SignedOut nobody -> {}
            case Happening.Notice nobody -> {}
            case Happening.Failed nobody -> {}
        }
    }

    private void see(Answer answer) {
        switch (answer) {
            case Answer.SignedUp(var user) -> meet(user);
            case Answer.SignedIn(var user) -> meet(user);
            case Answer.Groups(var sizes) -> sizes.forEach(size -> meet(size.name()));
            case Answer.Members(var in) -> in.forEach(group -> meet(group.name(), group.members()));
            case Answer.Created(var group) -> meet(group);
            case Answer.Joined(var group, var created) -> meet(group);
            case Answer.Sent sent -> sent.to().forEach(this::meet);
            case ModernAnswer modern -> see(modern);
            case Answer.Helped nobody -> {}
            case Answer.Bye nobody -> {}
        }
    }

    private void see(Mail mail) {
        switch (mail) {
            case Mail.MessageCame came -> {
                meet(came.from());
                came.group().ifPresent(this::meet);
            }
            case Mail.RequestCame request -> meet(request.from());
            case GroupMail.Changed changed -> {
                meet(changed.group());
                meet(changed.user());
                memberships.see(changed);
            }
            case Mail.Presence(var who, var online) -> meet(who);
            case Mail.SignedUp(var user, var words) -> meet(user);
            case FileMail.Came came -> files.remove(shown(came.id()));
            case FileMail.Failed failed -> {
                // Of a group's file others may still want theirs.
                if (failed.group().isEmpty()) files.remove(shown(failed.id()));
            }
            case FileMail.Offered offered -> {
                meet(offered.from());
                file(offered.id());
            }
            case FileMail.Held held -> file(held.id());
            case Mail.IdentityChanged(var who, var change) -> meet(who);
            case Mail.Moved known -> {}
            case Mail.Missing known -> {}
            case Mail.MissingCame known -> {}
            case Mail.NotSent known -> {}
            case GroupMail.Trouble known -> {}
        }
    }

    private void see(ModernAnswer answer) {
        switch (answer) {
            case ModernAnswer.Enrolled enrolled -> meet(enrolled.user());
            case ModernAnswer.Entered entered -> {
                meet(entered.user());
                entered.unread().forEach(waiting -> meet(waiting.from()));
                entered.groups().forEach(group -> meet(group.group()));
            }
            case ModernAnswer.Queued(var id, var to) -> meet(to);
            case FileAnswer.Queued queued -> {
                meet(queued.to());
                file(queued.id());
            }
            case FileAnswer.Transfers(var transfers) -> {
                files.clear();
                transfers.forEach(transfer -> file(transfer.id()));
            }
            case FileAnswer.Changed known -> {}
            case ModernAnswer.Contacts(var contacts) -> contacts.forEach(contact -> meet(contact.name()));
            case ModernAnswer.State state -> state.routes().forEach(route -> meet(route.contact()));
            case ModernAnswer.Imported(var user) -> meet(user);
            case ModernAnswer.Accepted known -> {}
            case ModernAnswer.Blocked known -> {}
            case ModernAnswer.Verification known -> {}
            case ModernAnswer.History known -> {}
            case ModernAnswer.Found known -> {}
            case ModernAnswer.ReadAll known -> {}
            case ModernAnswer.PasswordChanged nobody -> {}
            case ModernAnswer.Exported nobody -> {}
            case ModernAnswer.Revoked known -> {}
            case GroupAnswer group -> see(group);
        }
    }

    private void see(GroupAnswer answer) {
        switch (answer) {
            case GroupAnswer.Listed(var listed) -> listed.forEach(group -> meet(group.name()));
            case GroupAnswer.Members(var in) -> in.forEach(group -> meet(group.name(), group.members()));
            case GroupAnswer.Shown shown ->
                meet(
                        shown.group(),
                        shown.members().stream().map(GroupAnswer.Member::name).toList());
            case GroupAnswer.Created(var group, var policy) -> meet(group);
            case GroupAnswer.Joined(var group, var members) -> meet(group);
            case GroupAnswer.Invited(var group, var user) -> {
                meet(user);
                memberships.came(group, user);
            }
            case GroupAnswer.Removed(var group, var user) -> memberships.went(group, user);
            case GroupAnswer.Queued known -> meet(known.group());
            case GroupAnswer.Left known -> {}
            case GroupAnswer.Admin known -> {}
            case GroupAnswer.PolicySet known -> {}
            case GroupAnswer.History known -> {}
            case GroupAnswer.ReadAll known -> {}
        }
    }

    private void file(String id) {
        if (files.size() < NAMES_MAX) files.add(shown(id));
    }

    private static String shown(String id) {
        return id.substring(0, Math.min(ID_SHOWN, id.length()));
    }

    private void meet(Party party) {
        switch (party) {
            case Party.User(var user) -> meet(user);
            case Party.Group(var group) -> meet(group);
        }
    }

    private void meet(GroupName group, List<UserName> members) {
        meet(group);
        members.forEach(this::meet);
        memberships.are(group, members);
    }

    private void meet(UserName user) {
        if (users.size() < NAMES_MAX) users.add(user);
    }

    private void meet(GroupName group) {
        if (groups.size() < NAMES_MAX) groups.add(group);
    }
}
