package parley.peer.command;

import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import parley.messages.group.Policy;
import parley.messages.name.GroupName;
import parley.messages.name.Password;
import parley.messages.name.UserName;

/** Everything that a person or a program can ask of a peer. */
public sealed interface Input
        permits Input.SignUp,
                Input.SignIn,
                Input.ListGroups,
                Input.Members,
                Input.Create,
                Input.Join,
                Input.SendText,
                Input.SendFile,
                Input.Help,
                Input.Exit,
                Input.Unreadable,
                ModernInput {
    /** The first word of the command as documented, in lower case; how outcomes say which command they end. */
    default String verb() {
        var verb = switch (this) {
            case SignUp it -> Verb.SIGNUP;
            case SignIn it -> Verb.SIGNIN;
            case ListGroups it -> Verb.LIST;
            case Members it -> Verb.MEMBERS;
            case Create it -> Verb.CREATE;
            case Join it -> Verb.JOIN;
            case SendText it -> Verb.SEND;
            case SendFile it -> Verb.SEND;
            case Help it -> Verb.HELP;
            case Exit it -> Verb.EXIT;
            case ModernInput.Contacts it -> Verb.CONTACTS;
            case ModernInput.Accept it -> Verb.ACCEPT;
            case ModernInput.Block it -> Verb.BLOCK;
            case ModernInput.Verify it -> Verb.VERIFY;
            case ModernInput.History it -> Verb.HISTORY;
            case ModernInput.Search it -> Verb.SEARCH;
            case ModernInput.Read it -> Verb.READ;
            case ModernInput.Status it -> Verb.STATUS;
            case ModernInput.ChangePassword it -> Verb.PASSWD;
            case ModernInput.Export it -> Verb.EXPORT;
            case ModernInput.Import it -> Verb.IMPORT;
            case ModernInput.Revoke it -> Verb.REVOKE;
            case FileInput.Transfers it -> Verb.TRANSFERS;
            case FileInput.Pause it -> Verb.PAUSE;
            case FileInput.Resume it -> Verb.RESUME;
            case FileInput.Cancel it -> Verb.CANCEL;
            case GroupInput.Leave it -> Verb.LEAVE;
            case GroupInput.Invite it -> Verb.INVITE;
            case GroupInput.Remove it -> Verb.REMOVE;
            case GroupInput.Admin it -> Verb.ADMIN;
            case GroupInput.Show it -> Verb.GROUP;
            case GroupInput.SetPolicy it -> Verb.GROUP;
            case Unreadable(var typed, var why) -> throw new IllegalStateException(typed + " has its own");
        };
        return verb.word();
    }

    /** What was not typed and must not be shown when it is. Null if nothing is missing. */
    default @Nullable Asking asking() {
        return null;
    }

    /**
     * @param password null until it was asked for
     * @param invitation null where none was given; a registry may want one
     */
    record SignUp(
            UserName user,
            @Nullable Password password,
            @Nullable String invitation) implements Input {
        public SignUp(UserName user, @Nullable Password password) {
            this(user, password, null);
        }

        @Override
        public @Nullable Asking asking() {
            return password != null
                    ? null
                    : Asking.once(Asking.PASSWORD, typed -> new SignUp(user, new Password(typed), invitation));
        }

        @Override
        public String toString() {
            return "SignUp[%s, redacted]".formatted(user);
        }
    }

    /** @param password null until it was asked for */
    record SignIn(UserName user, @Nullable Password password) implements Input {
        @Override
        public @Nullable Asking asking() {
            return password != null
                    ? null
                    : Asking.once(Asking.PASSWORD, typed -> new SignIn(user, new Password(typed)));
        }
    }

    record ListGroups() implements Input {}

    /** @param group null for all that the user is in; classic knows no other question */
    record Members(@Nullable GroupName group) implements Input {
        public Members() {
            this(null);
        }
    }

    /** @param policy null where none was given; classic groups have none */
    record Create(GroupName group, @Nullable Policy policy) implements Input {
        public Create(GroupName group) {
            this(group, null);
        }
    }

    /** Creates the group if there is none, in the classic world. */
    record Join(GroupName group) implements Input {}

    /** Prints without the text. */
    record SendText(Recipients to, String text) implements Input {
        @Override
        public String toString() {
            return "SendText[redacted]";
        }
    }

    /** Prints without the file's name. */
    record SendFile(Recipients to, Path path) implements Input {
        @Override
        public String toString() {
            return "SendFile[redacted]";
        }
    }

    /** @param about the verb that is asked about, null for all */
    record Help(@Nullable String about) implements Input {}

    record Exit() implements Input {}

    /** A line that is no command, and what to say about it: what was found and what was expected. */
    record Unreadable(String verb, String why) implements Input {}

    sealed interface Recipients {}

    record One(UserName user) implements Recipients {}

    /** At least one. */
    record Groups(List<GroupName> groups) implements Recipients {}
}
