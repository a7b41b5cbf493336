package parley.peer.group;

import static org.apache.pekko.actor.typed.javadsl.Behaviors.receiveMessage;
import static org.apache.pekko.actor.typed.javadsl.Behaviors.same;

import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import parley.messages.name.GroupName;
import parley.peer.group.GroupCommand.Asked;
import parley.peer.group.GroupCommand.Came;

/**
 * A discovery that is over: its book is told. What that had sent before it heard is still on its way here, and must neither
 * be lost with this actor nor go without an answer.
 *
 * <pre>
 *   giving back, or refusing --End, behind all that was sent before--&gt; gone
 * </pre>
 */
final class Draining {
    /** There is no such group for us: the book decides anew. */
    static Behavior<GroupCommand> giveBack(GroupName name, ActorRef<? super Groups.Command> book) {
        return receiveMessage(command -> switch (command) {
            case Discovery.End end -> Behaviors.stopped();
            case Asked late -> {
                book.tell(new Groups.To(name, late));
                yield same();
            }
            case Came(var what) -> {
                book.tell(new Groups.Came(what));
                yield same();
            }
            case GroupCommand other -> same();
        });
    }

    /** The group is on disk. What is heard now is in the inbox, where its conversation looks first. */
    static Behavior<GroupCommand> refuse(GroupName name) {
        return receiveMessage(command -> switch (command) {
            case Discovery.End end -> Behaviors.stopped();
            case Asked early -> {
                early.refuse("%s is just being opened; try again in a moment".formatted(name));
                yield same();
            }
            case GroupCommand other -> same();
        });
    }

    private Draining() {}
}
