package parley.peer.file;

import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.function.Function;
import org.apache.pekko.NotUsed;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.stream.javadsl.Flow;
import org.apache.pekko.util.ByteString;
import parley.messages.group.GroupMember;
import parley.messages.identity.RegistryId;
import parley.messages.name.GroupName;
import parley.messages.name.UserName;
import parley.messages.wire.FileOffer;
import parley.messages.wire.MessageId;
import parley.peer.store.Change;
import parley.peer.store.Store;
import parley.peer.stream.Streams;
import parley.peer.talk.Answer;
import parley.peer.talk.Happening;

/**
 * What the files of an account need.
 *
 * @param streams whose changes the owner hands on as {@link FilesCommand.Streamed}
 * @param owner hears of what is for contacts and screens
 * @param disk where blocking is allowed
 */
public record FilesSurroundings(
        UserName own,
        RegistryId registry,
        ActorRef<Store.Command> store,
        KnownFiles known,
        ActorRef<Streams.Command> streams,
        GroupPost groups,
        Relay relay,
        ActorRef<? super FileEffect> owner,
        Executor disk,
        SecureRandom random,
        InstantSource clock,
        FilesSettings settings) {

    /** The end of a command. */
    void done(String verb, Answer answer) {
        owner.tell(new FileEffect.Tell(new Happening.Done(verb, answer)));
    }

    void fail(String verb, String why) {
        owner.tell(new FileEffect.Tell(new Happening.Failed(verb, why)));
    }

    /** Offers a file to all members of a group. */
    public interface GroupPost {
        /** Never fails; {@code with} is stored in the same commit, or not at all. */
        CompletionStage<Posted> write(
                GroupName group, MessageId id, FileOffer offer, Function<List<GroupMember>, List<Change>> with);

        sealed interface Posted {}

        record Written(List<GroupMember> members) implements Posted {}

        record NotWritten(String why) implements Posted {}
    }

    /** The way between two of whom neither can call the other. */
    public interface Relay {
        /** Waits for the other one, who calls with the same token. Never fails. */
        CompletionStage<Outcome> call(UserName with, ByteString token);

        sealed interface Outcome {}

        /**
         * One of the two is to be used, once.
         *
         * @param abort closes it
         */
        record Connected(Flow<ByteString, ByteString, NotUsed> connection, Runnable abort) implements Outcome {}

        /** @param tells whether it is worth telling: nothing alters it soon */
        record NotConnected(boolean tells, String why) implements Outcome {}
    }
}
