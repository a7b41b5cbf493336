package parley.peer.modern;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.javadsl.AskPattern;
import parley.messages.group.GroupMember;
import parley.messages.name.GroupName;
import parley.messages.wire.FileOffer;
import parley.messages.wire.MessageId;
import parley.peer.file.FilesSurroundings;
import parley.peer.group.GroupCommand;
import parley.peer.group.Groups;
import parley.peer.store.Change;

/** Files that are offered in groups. */
record Offering(ActorRef<Groups.Command> groups, ActorSystem<?> system) implements FilesSurroundings.GroupPost {
    /** Longer than a group's disk and registry take together: whoever is told that it failed must not find it sent. */
    private static final Duration PATIENCE = Duration.ofMinutes(5);

    @Override
    public CompletionStage<Posted> write(
            GroupName group, MessageId id, FileOffer offer, Function<List<GroupMember>, List<Change>> with) {
        CompletionStage<GroupCommand.WritingFile> written = AskPattern.ask(
                groups,
                (ActorRef<GroupCommand.WritingFile> replyTo) ->
                        new Groups.To(group, new GroupCommand.WriteFile(id, offer, with::apply, replyTo)),
                PATIENCE,
                system.scheduler());
        return written.handle((outcome, late) -> switch (outcome) {
            case null -> new NotWritten("That took too long; is the disk busy?");
            case GroupCommand.FileWritten(var file, var members) -> new Written(members);
            case GroupCommand.FileNotWritten(var why) -> new NotWritten(why);
        });
    }
}
