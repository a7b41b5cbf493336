package parley.peer.group;

import java.util.List;
import org.apache.pekko.actor.typed.ActorRef;
import parley.messages.group.Deed;
import parley.messages.group.GroupLog;
import parley.messages.group.GroupMember;
import parley.messages.group.Policy;
import parley.messages.wire.FileOffer;
import parley.messages.wire.MessageId;
import parley.peer.contact.Effect;
import parley.peer.store.Change;

/** What a {@link GroupConversation} is told. None of them prints a text. */
public sealed interface GroupCommand {
    /** Somebody waits for the answer: it comes once, whatever becomes of the disk and of the registry. */
    sealed interface Asked extends GroupCommand {
        /** @param why for the user */
        void refuse(String why);
    }

    /** A text for all members. Answered when it is safely in the outbox. */
    record Write(String text, ActorRef<? super Writing> replyTo) implements Asked {
        @Override
        public void refuse(String why) {
            replyTo.tell(new NotWritten(why));
        }

        @Override
        public String toString() {
            return "Write[redacted]";
        }
    }

    /**
     * A file for all members. Answered when the offer is safely in the outbox.
     *
     * @param id of the file
     * @param with stored in the same commit, or not at all
     */
    record WriteFile(MessageId id, FileOffer offer, Along with, ActorRef<? super WritingFile> replyTo)
            implements Asked {
        @Override
        public void refuse(String why) {
            replyTo.tell(new FileNotWritten(why));
        }
    }

    /** What is to be stored along with something for those members. */
    interface Along {
        List<Change> of(List<GroupMember> members);
    }

    /** A new group of that name, for us. */
    record Found(Policy policy, ActorRef<? super Altering> replyTo) implements Asked {
        @Override
        public void refuse(String why) {
            replyTo.tell(new NotAltered(why));
        }
    }

    /** The next entry of the log, when it still alters something. A {@link Deed.Join} also of a group not known here. */
    record Alter(Deed deed, ActorRef<? super Altering> replyTo) implements Asked {
        @Override
        public void refuse(String why) {
            replyTo.tell(new NotAltered(why));
        }
    }

    /** The user has seen all texts of the group. */
    record MarkRead(ActorRef<? super Reading> replyTo) implements Asked {
        @Override
        public void refuse(String why) {
            replyTo.tell(new NotRead(why));
        }
    }

    /** A contact said it; it is in the inbox. */
    record Came(Effect.ForGroup what) implements GroupCommand {}

    /** The registry can be asked again. */
    record SignedIn() implements GroupCommand {}

    /** What the actor tells itself; nobody else can. */
    sealed interface Inner extends GroupCommand
            permits Commits.Loaded,
                    Commits.NotLoaded,
                    Commits.Stored,
                    Commits.LookAgain,
                    Enquiry.Fetched,
                    Enquiry.Answered,
                    GroupConversation.Posted,
                    GroupConversation.PostAgain,
                    Discovery.Stored,
                    Discovery.Again,
                    Discovery.End {}

    sealed interface Writing {}

    /** @param members to whom it goes */
    record Wrote(MessageId id, int members) implements Writing {}

    record NotWritten(String why) implements Writing {}

    sealed interface WritingFile {}

    /** @param members to whom it is offered, as the log holds them */
    record FileWritten(MessageId id, List<GroupMember> members) implements WritingFile {
        public FileWritten {
            members = List.copyOf(members);
        }
    }

    record FileNotWritten(String why) implements WritingFile {}

    sealed interface Altering {}

    /** On the registry's disk, and on ours. */
    record Altered(GroupLog log) implements Altering {}

    record NotAltered(String why) implements Altering {}

    sealed interface Reading {}

    record Read(int texts) implements Reading {}

    record NotRead(String why) implements Reading {}
}
