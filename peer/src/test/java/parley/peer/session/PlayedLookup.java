package parley.peer.session;

import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Function;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import parley.messages.classic.Reply;
import parley.messages.classic.Request;
import parley.peer.lookup.Lookup;

/** An actor that plays the registry's client: it answers what the test wants, or, for null, never. */
final class PlayedLookup {
    final Queue<Request> asked = new ConcurrentLinkedQueue<>();
    final Registry registry;

    static PlayedLookup unreachable(ActorTestKit kit) {
        return new PlayedLookup(kit, request -> new Lookup.Unreachable("The registry is away"));
    }

    static PlayedLookup replying(ActorTestKit kit, Function<Request, Reply> replies) {
        return new PlayedLookup(kit, request -> new Lookup.Answered(replies.apply(request)));
    }

    /** For a peer, which watches its lookup: one that leaves when it is told, and hands on what it is asked. */
    static Behavior<Lookup.Command> handingTo(ActorRef<Lookup.Command> test) {
        return Behaviors.receiveMessage(command -> {
            if (command instanceof Lookup.Leave) return Behaviors.stopped();
            test.tell(command);
            return Behaviors.same();
        });
    }

    PlayedLookup(ActorTestKit kit, Function<Request, Lookup.Answer> answers) {
        var lookup = kit.<Lookup.Command>spawn(Behaviors.receiveMessage(command -> {
            if (command instanceof Lookup.Ask(var request, var replyTo)) {
                asked.add(request);
                var answer = answers.apply(request);
                if (answer != null) replyTo.tell(answer);
            }
            return Behaviors.same();
        }));
        registry = new Registry(lookup, kit.system().scheduler(), Duration.ofSeconds(10));
    }
}
