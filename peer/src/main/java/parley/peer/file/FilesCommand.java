package parley.peer.file;

import java.nio.file.Path;
import java.util.Optional;
import parley.messages.name.GroupName;
import parley.messages.name.PeerAddress;
import parley.messages.name.UserName;
import parley.messages.wire.MessageId;
import parley.peer.contact.Effect;
import parley.peer.stream.Streams;

/** What {@link Files} are told. Each with a {@code verb} is the user's, and answered with one happening that names it. */
public sealed interface FilesCommand
        permits FilesCommand.Asked,
                FilesCommand.Came,
                FilesCommand.CameInGroup,
                FilesCommand.InMailbox,
                FilesCommand.GaveUp,
                FilesCommand.Online,
                FilesCommand.Offline,
                FilesCommand.Streamed,
                Happened {
    sealed interface Asked extends FilesCommand {
        String verb();
    }

    record Send(String verb, UserName to, Path path) implements Asked {}

    record SendToGroup(String verb, GroupName group, Path path) implements Asked {}

    record Look(String verb) implements Asked {}

    /** @param id or the beginning of one */
    record Alter(String verb, How how, String id) implements Asked {}

    enum How {
        PAUSE,
        RESUME,
        CANCEL,
        ACCEPT
    }

    /** Said by a contact; it is in the inbox. */
    record Came(Effect.ForFiles what) implements FilesCommand {}

    /** Offered by a member; it is in the groups' inbox. */
    record CameInGroup(GroupName group, Effect.ForGroup what) implements FilesCommand {}

    /** All of a file that goes in pieces is in that one's mailbox. */
    record InMailbox(UserName contact, MessageId file) implements FilesCommand {}

    /** That one will never be able to read an offer or a piece. */
    record GaveUp(UserName contact, MessageId file, String why) implements FilesCommand {}

    /** @param at where he can be called, if he can */
    record Online(UserName contact, Optional<PeerAddress> at) implements FilesCommand {}

    record Offline(UserName contact) implements FilesCommand {}

    /** What becomes of streams. */
    record Streamed(Streams.Change change) implements FilesCommand {}
}
