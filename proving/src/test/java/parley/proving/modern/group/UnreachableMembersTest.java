package parley.proving.modern.group;

import static org.assertj.core.api.Assertions.assertThat;
import static parley.proving.process.Running.event;
import static parley.proving.process.Running.with;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import parley.proving.crowd.Crowd;
import parley.proving.process.Launch;
import parley.proving.process.Running;

/**
 * A group in which one member is away, the mailbox of one is full, and one has ended his identity: the others get every
 * text meanwhile, and of those three the writer hears how far each text came. As large as a group may be: {@code mvn
 * verify -pl proving -am -Dtest=UnreachableMembersTest -Dmembers=256 -Dsurefire.failIfNoSpecifiedTests=false}.
 */
class UnreachableMembersTest {
    private static final int MEMBERS = Integer.getInteger("members", 12);

    /** All but the writer, who is away, whose mailbox is full, and who is no more. */
    private static final int WELL = MEMBERS - 4;

    private static final int TEXTS = 10;

    /** Of one sender, in one mailbox: room for all that is said of the group before anybody writes in it. */
    private static final int MAILBOX = 20 + 2 * MEMBERS;

    private static final String PASSWORD = "Correct-Horse7";
    private static final Duration PATIENCE = Duration.ofSeconds(120 + MEMBERS);

    @TempDir
    Path folder;

    private Running registry;
    private Crowd crowd;
    private Running alice;
    private Running away;
    private Running full;
    private String recovery = "";

    @BeforeEach
    void found() throws Exception {
        registry = Running.ready(Launch.registry(folder.resolve("registry"))
                .configured("parley.registry.mailbox.envelopes-max = " + 2 * MAILBOX)
                .shortLived());
        crowd = Crowd.start(registry.modernAddress(), "127.0.0.1:0", folder.resolve("crowd"), WELL);
        alice = newcomer("alice");
        away = newcomer("away");
        full = newcomer("full");
    }

    @AfterEach
    void close() {
        for (var one : new AutoCloseable[] {crowd, alice, away, full, registry}) closed(one);
    }

    private static void closed(AutoCloseable one) {
        try {
            if (one != null) one.close();
        } catch (Exception left) {
            throw new IllegalStateException(left);
        }
    }

    @Test
    void delayNobodyAndAreReportedEachForHimself() throws Exception {
        meet(away, "away");
        meet(full, "full");
        for (int i = 1; i <= WELL; i++) alice.run("send member%d hello".formatted(i));
        for (int i = 1; i <= WELL; i++)
            alice.await("an answer", event("delivered").and(UnreachableMembersTest::isToTheCrowd), PATIENCE);
        alice.run("create team");
        try (var gone = newcomer("gone")) {
            meet(gone, "gone");
            var words = recovery;
            for (var name : List.of("away", "full", "gone")) alice.run("invite team " + name);
            for (int i = 1; i <= WELL; i++) alice.run("invite team member" + i);
            for (var one : List.of(away, full, gone)) one.await("the group", event("group"), PATIENCE);
            gone.run("revoke gone " + words);
        }
        alice.await("the end of an identity", event("identity").and(with("user", "gone")), PATIENCE);
        away.run("exit");
        full.run("exit");
        for (int i = 0; i < 2 * MAILBOX; i++) alice.run("send full nobody collects number %d".formatted(i));

        var ids = new HashSet<String>();
        long begun = System.nanoTime();
        for (int i = 0; i < TEXTS; i++)
            ids.add(alice.run("send group team number %d".formatted(i))
                    .path("id")
                    .asText());
        for (int i = 0; i < TEXTS * WELL; i++)
            alice.await(
                    "it reaches the others", event("delivered").and(UnreachableMembersTest::isToTheCrowd), PATIENCE);
        System.out.printf(
                "UnreachableMembersTest: %d texts to %d others in %d ms%n",
                TEXTS, WELL, Duration.ofNanos(System.nanoTime() - begun).toMillis());
        for (int i = 0; i < TEXTS; i++) {
            alice.await("in the mailbox of who is away", event("sent").and(with("to", "away")), PATIENCE);
            var lost = alice.await("given up", event("not-sent").and(with("to", "gone")), PATIENCE);
            assertThat(lost.path("group").asText()).isEqualTo("team");
            assertThat(ids).contains(lost.path("id").asText());
        }
        assertThat(alice.takeAll(with("to", "full").and(with("group", "team"))))
                .as("his mailbox is full")
                .isEmpty();
        var last = alice.run("history group team 1").path("texts").get(0);
        assertThat(last.path("members").asInt()).isEqualTo(MEMBERS - 1);
        assertThat(last.path("delivered").asInt()).isEqualTo(WELL);
        assertThat(last.path("state").asText()).isEqualTo("queued");

        away = back("away");
        full = back("full");
        for (var one : List.of(away, full)) {
            var came = new ArrayList<String>();
            while (came.size() < TEXTS)
                came.add(
                        one.await("what was written meanwhile", event("message").and(with("group", "team")), PATIENCE)
                                .path("text")
                                .asText());
            assertThat(came).containsExactlyElementsOf(numbers());
        }
    }

    private Running newcomer(String name) throws Exception {
        var peer = start(name);
        recovery = peer.run("signup %s %s".formatted(name, PASSWORD))
                .path("recovery")
                .asText();
        peer.run("signin %s %s".formatted(name, PASSWORD));
        return peer;
    }

    private Running back(String name) throws Exception {
        var peer = start(name);
        peer.run("signin %s %s".formatted(name, PASSWORD));
        return peer;
    }

    private Running start(String name) throws Exception {
        var home = Files.createDirectories(folder.resolve(name));
        return Running.ready(Launch.modern(registry.modernAddress(), home).shortLived());
    }

    private void meet(Running other, String name) throws Exception {
        alice.run("send %s hello".formatted(name));
        other.await("the request", event("request"), PATIENCE);
        other.run("accept alice");
        alice.await("an answer", event("delivered").and(with("to", name)), PATIENCE);
    }

    private static boolean isToTheCrowd(JsonNode event) {
        return event.path("to").asText().startsWith("member");
    }

    private static List<String> numbers() {
        var numbers = new ArrayList<String>();
        for (int i = 0; i < TEXTS; i++) numbers.add("number " + i);
        return numbers;
    }
}
