package parley.peer.script;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import parley.messages.name.UserName;
import parley.peer.talk.Answer;
import parley.peer.talk.Happening;
import parley.peer.talk.Mail;
import parley.peer.talk.ModernAnswer;

/** What programs read, to the letter: a change here breaks them. */
class ModernEventsTest {
    private static final UserName BOB = new UserName("bob");
    private static final Instant NOON = Instant.parse("2026-01-02T12:00:00Z");

    @Test
    void aTextSaysWhoWroteItWhenAndWhereToGoOn() {
        assertThat(Events.json(new Mail.MessageCame("ab", BOB, "hi\u001b", NOON, 7)))
                .isEqualTo(
                        "{\"event\":\"message\",\"id\":\"ab\",\"from\":\"bob\",\"text\":\"hi\\u001B\",\"protocol\":\"modern\","
                                + "\"time\":\"2026-01-02T12:00:00Z\",\"cursor\":\"7\"}");
    }

    @Test
    void aSendIsQueuedThenSentThenDeliveredThenRead() {
        assertThat(ok("send", new ModernAnswer.Queued("ab", BOB)))
                .isEqualTo(
                        "{\"event\":\"ok\",\"command\":\"send\",\"id\":\"ab\",\"to\":\"bob\",\"state\":\"queued\",\"protocol\":\"modern\"}");
        assertThat(Events.json(new Mail.Moved("ab", BOB, Mail.Stage.SENT)))
                .isEqualTo("{\"event\":\"sent\",\"id\":\"ab\",\"to\":\"bob\"}");
        assertThat(Events.json(new Mail.Moved("ab", BOB, Mail.Stage.DELIVERED))).startsWith("{\"event\":\"delivered\"");
        assertThat(Events.json(new Mail.Moved("ab", BOB, Mail.Stage.READ))).startsWith("{\"event\":\"read\"");
        assertThat(Events.json(new Mail.NotSent("ab", BOB, "why")))
                .isEqualTo("{\"event\":\"not-sent\",\"id\":\"ab\",\"to\":\"bob\",\"message\":\"why\"}");
    }

    @Test
    void whatHappensToContactsIsNamed() {
        assertThat(Events.json(new Mail.RequestCame(BOB, 2)))
                .isEqualTo("{\"event\":\"request\",\"from\":\"bob\",\"texts\":2}");
        assertThat(Events.json(new Mail.Missing(BOB, 3)))
                .isEqualTo("{\"event\":\"gap\",\"from\":\"bob\",\"missing\":3}");
        assertThat(Events.json(new Mail.MissingCame(BOB)))
                .isEqualTo("{\"event\":\"gap\",\"from\":\"bob\",\"missing\":0}");
        assertThat(Events.json(new Mail.IdentityChanged(BOB, Mail.Change.UNSIGNED)))
                .isEqualTo("{\"event\":\"identity\",\"user\":\"bob\",\"change\":\"unsigned\"}");
        assertThat(Events.json(new Mail.Presence(BOB, true)))
                .isEqualTo("{\"event\":\"presence\",\"user\":\"bob\",\"online\":true}");
        assertThat(Events.json(new Mail.SignedUp(BOB, "zoo zoo")))
                .isEqualTo("{\"event\":\"signed-up\",\"user\":\"bob\",\"recovery\":\"zoo zoo\"}");
        assertThat(ok(
                        "contacts",
                        new ModernAnswer.Contacts(List.of(new ModernAnswer.Contact(
                                BOB, ModernAnswer.Standing.WAITING, ModernAnswer.Trust.UNVERIFIED, false, 2)))))
                .contains(
                        "[{\"name\":\"bob\",\"standing\":\"waiting\",\"identity\":\"unverified\",\"online\":false,\"unread\":2}]");
    }

    @Test
    void aHistorySaysWhoseEachTextIs() {
        var texts = List.of(
                new ModernAnswer.Text("01", BOB, true, "hi", NOON, ModernAnswer.Reached.QUEUED),
                new ModernAnswer.Text("02", BOB, false, "ho", NOON, null));
        assertThat(ok("history", new ModernAnswer.History(BOB, texts)))
                .endsWith(
                        "\"with\":\"bob\",\"texts\":[{\"id\":\"01\",\"to\":\"bob\",\"text\":\"hi\",\"time\":\"2026-01-02T12:00:00Z\","
                                + "\"state\":\"queued\"},{\"id\":\"02\",\"from\":\"bob\",\"text\":\"ho\",\"time\":\"2026-01-02T12:00:00Z\"}]}");
    }

    @Test
    void theStateNamesThePathToEachContact() {
        var routes = List.of(
                new ModernAnswer.Route(BOB, Optional.of("10.0.0.7:41000"), 0),
                new ModernAnswer.Route(new UserName("carol"), Optional.empty(), 2));
        assertThat(ok("status", new ModernAnswer.State(new UserName("alice"), "h:1#f", true, 2, 5, routes)))
                .endsWith(
                        "\"user\":\"alice\",\"registry\":\"h:1#f\",\"connected\":true,\"outbox\":2,\"mailbox\":5,\"links\":["
                                + "{\"user\":\"bob\",\"path\":\"direct\",\"at\":\"10.0.0.7:41000\",\"waiting\":0},"
                                + "{\"user\":\"carol\",\"path\":\"mailbox\",\"waiting\":2}]}");
    }

    private static String ok(String command, Answer answer) {
        return Events.json(new Happening.Done(command, answer));
    }
}
