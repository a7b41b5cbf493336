package parley.peer.link.mutual;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.util.List;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/** What the log is told at its most talkative. */
class LinkTraceTest {
    static final Person ALICE = Person.of("alice", 1);
    static final Person BOB = Person.of("bob", 2);

    @Test
    void eachFrameIsALineAndNobodyIsNamed() {
        var log = (Logger) LoggerFactory.getLogger("parley.peer.link");
        var lines = new ListAppender<ILoggingEvent>();
        lines.start();
        var before = log.getLevel();
        log.setLevel(Level.TRACE);
        log.addAppender(lines);
        var kit = ActorTestKit.create();
        try {
            var alice = new End(kit, ALICE, Limits.SHIPPED, BOB.contact(1));
            var bob = new End(kit, BOB, Limits.SHIPPED, ALICE.contact(1));
            alice.linksWith(bob);
            alice.sends(bob, End.envelope(7, 1_042));
            bob.hears(Links.Came.class);
            bob.links.tell(new Links.Ack(ALICE.name(), List.of(End.id(7))));
            alice.hears(Links.Acked.class);
            alice.links.tell(new Links.Leave());
            bob.hears(Links.LinkDown.class);
        } finally {
            kit.shutdownTestKit();
            log.detachAppender(lines);
            log.setLevel(before);
        }
        var said = List.copyOf(lines.list).stream()
                .map(ILoggingEvent::getFormattedMessage)
                .toList();
        assertThat(said)
                .anyMatch(line -> line.matches("link \\d+ >> HELLO"))
                .anyMatch(line -> line.matches("link \\d+ >> ENVELOPE 1042B"))
                .anyMatch(line -> line.matches("link \\d+ << ENVELOPE 1042B"))
                .anyMatch(line -> line.matches("link \\d+ << ACK"))
                .anyMatch(line -> line.matches("link \\d+ ended: said LEAVING"))
                .noneMatch(line -> line.contains("alice") || line.contains("bob"));
    }
}
