package parley.peer.link.mutual;

import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.CountDownLatch;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import parley.messages.name.PeerAddress;
import parley.messages.name.UserName;

/** What a link carries, and what an idle one keeps on the heap. Run by hand. */
final class LinkFigures {
    private static final ActorTestKit KIT = ActorTestKit.create();
    private static final int WINDOW = 128;

    public static void main(String[] arguments) throws Exception {
        for (var bytes : new int[] {400, 66_814}) {
            int count = bytes < 1_000 ? 200_000 : 8_000;
            carry(bytes, count / 4);
            var perSecond = new double[5];
            for (int i = 0; i < perSecond.length; i++) perSecond[i] = carry(bytes, count);
            Arrays.sort(perSecond);
            System.out.printf(
                    "envelopes of %d bytes, acknowledged one by one, window %d: %,.0f/s, %,.1f MiB/s%n",
                    bytes, window(bytes), perSecond[2], perSecond[2] * bytes / (1 << 20));
        }
        idle(20);
        System.out.printf("heap of an idle link, both ends: %,d bytes%n", idle(300));
        KIT.shutdownTestKit();
    }

    private static int window(int bytes) {
        return Math.min(WINDOW, 256 * 1024 / bytes);
    }

    /** @return envelopes a second */
    private static double carry(int bytes, int count) throws Exception {
        var one = Person.of("one", 1);
        var other = Person.of("other", 2);
        var done = new CountDownLatch(1);
        var receiving = KIT.spawn(answering(other, one));
        var at = listening(receiving);
        var up = new CountDownLatch(1);
        var owner = KIT.spawn(sending(one, other, at, bytes, count, up, done));
        up.await();
        long began = System.nanoTime();
        done.await();
        double perSecond = count / ((System.nanoTime() - began) / 1e9);
        KIT.stop(owner);
        KIT.stop(receiving);
        return perSecond;
    }

    private record Start(ActorRef<Links.Command> links, ActorRef<PeerAddress> at) implements ToOwner {}

    private record Told(Links.Change change) implements ToOwner {}

    private sealed interface ToOwner {}

    private static PeerAddress listening(ActorRef<ToOwner> owner) {
        var told = KIT.<PeerAddress>createTestProbe();
        owner.tell(new Start(KIT.system().ignoreRef(), told.ref()));
        return told.receiveMessage();
    }

    private static Behavior<ToOwner> answering(Person who, Person contact) {
        return Behaviors.setup(context -> {
            var links = context.spawn(
                    Links.create(
                            Limits.SHIPPED,
                            Optional.of(new java.net.InetSocketAddress("127.0.0.1", 0)),
                            who.own(1),
                            new SplittableRandom(1),
                            context.messageAdapter(Links.Change.class, Told::new)),
                    "links");
            links.tell(new Links.Know(contact.contact(1)));
            var at = new ArrayList<PeerAddress>();
            var asked = new ArrayList<ActorRef<PeerAddress>>();
            return Behaviors.receiveMessage(message -> {
                switch (message) {
                    case Start(var ignored, var replyTo) -> asked.add(replyTo);
                    case Told(Links.Listening(var here)) -> at.add(PeerAddress.of(here));
                    case Told(Links.Came(var from, var link, var envelope)) ->
                        links.tell(new Links.Ack(from, List.of(envelope.id())));
                    case Told other -> {}
                }
                if (!at.isEmpty()) {
                    asked.forEach(replyTo -> replyTo.tell(at.getFirst()));
                    asked.clear();
                }
                return Behaviors.same();
            });
        });
    }

    private static Behavior<Links.Change> sending(
            Person who, Person to, PeerAddress at, int bytes, int count, CountDownLatch up, CountDownLatch done) {
        return Behaviors.setup(context -> {
            var links = context.spawn(
                    Links.create(
                            Limits.SHIPPED, Optional.empty(), who.own(1), new SplittableRandom(1), context.getSelf()),
                    "links");
            links.tell(new Links.Know(to.contact(1)));
            links.tell(new Links.Dial(to.name(), at));
            var sent = new int[3];
            return Behaviors.receiveMessage(change -> {
                switch (change) {
                    case Links.LinkUp linkUp -> {
                        up.countDown();
                        sent[2] = linkUp.link();
                        for (int i = 0; i < window(bytes); i++) send(links, to.name(), sent[2], sent[0]++, bytes);
                    }
                    case Links.Acked(var by, var ids) -> {
                        for (int i = 0; i < ids.size() && sent[0] < count; i++)
                            send(links, to.name(), sent[2], sent[0]++, bytes);
                        sent[1] += ids.size();
                        if (sent[1] == count) done.countDown();
                    }
                    default -> System.out.println(change);
                }
                return Behaviors.same();
            });
        });
    }

    private static void send(ActorRef<Links.Command> links, UserName to, int link, int number, int bytes) {
        links.tell(new Links.Send(to, link, End.envelope(number, bytes)));
    }

    private static long idle(int count) throws Exception {
        var hub = new End(KIT, Person.of("hub", 5_000), Limits.SHIPPED);
        var others = new ArrayList<End>();
        for (int i = 0; i < count; i++) {
            var other = Person.of("o" + i, i + 1);
            hub.links.tell(new Links.Know(other.contact(1)));
            others.add(new End(KIT, other, Limits.SHIPPED, hub.who.contact(1)));
        }
        long before = heap();
        for (var other : others) other.linksWith(hub);
        return (heap() - before) / count;
    }

    private static long heap() throws InterruptedException {
        for (int i = 0; i < 4; i++) {
            System.gc();
            Thread.sleep(200);
        }
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }

    private LinkFigures() {}
}
