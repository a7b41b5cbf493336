package parley.peer.session;

import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.StashBuffer;
import parley.peer.command.Input;
import parley.peer.talk.Happening;
import parley.peer.talk.Screen;

/** What waits while a command is carried to its end: other commands, and links that want to know who is signed in. */
final class Held {
    /** Commands and introductions. Screens keep fewer open. */
    static final int WAITING_MAX = 4096;

    /** Introductions of these, as many as there are inbound links by default: strangers must not keep commands out. */
    static final int INTRODUCTIONS_MAX = 256;

    private final StashBuffer<Peer.Command> waiting;
    private final Screen screen;

    Held(StashBuffer<Peer.Command> waiting, Screen screen) {
        this.waiting = waiting;
        this.screen = screen;
    }

    void add(Peer.Run run) {
        if (waiting.isFull()) fail(run, "Too many commands at once");
        else waiting.stash(run);
    }

    void add(Peer.Introduce introduce) {
        if (waiting.isFull() || introductions() >= INTRODUCTIONS_MAX)
            introduce.replyTo().tell(Optional.empty());
        else waiting.stash(introduce);
    }

    Behavior<Peer.Command> goOn(Behavior<Peer.Command> ready) {
        return waiting.unstashAll(ready);
    }

    /** None of it will be carried out, but for what EXIT wants, which happens anyway. */
    void fail(String why) {
        waiting.forEach(held -> {
            switch (held) {
                case Peer.Run run -> fail(run, why);
                case Peer.Introduce introduce -> introduce.replyTo().tell(Optional.empty());
                case Peer.Command never -> throw Peer.unexpected(never);
            }
        });
        waiting.clear();
    }

    private void fail(Peer.Run run, String why) {
        if (run.input() instanceof Input.Exit) return;
        screen.show(new Happening.Failed(run.input().verb(), why));
    }

    private int introductions() {
        var count = new AtomicInteger();
        waiting.forEach(held -> {
            if (held instanceof Peer.Introduce) count.incrementAndGet();
        });
        return count.get();
    }
}
