package parley.peer.contact;

import static org.assertj.core.api.Assertions.assertThat;

import com.typesafe.config.ConfigFactory;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.testkit.typed.javadsl.TestProbe;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import parley.messages.identity.RegistryId;
import parley.messages.name.UserName;
import parley.messages.wire.EnvelopeCodec;
import parley.peer.cipher.identity.SigningKey;
import parley.peer.store.HistoryLine;
import parley.peer.store.OwnKeys;
import parley.peer.store.Store;
import parley.peer.vault.CheapVaults;

/** Two ciphers on real stores in real vaults, and a link between them that is nothing but a call. */
class BetweenStoresTest {
    private static final UserName ALICE = new UserName("alice");
    private static final UserName BOB = new UserName("bob");
    private static final RegistryId REGISTRY = Town.REGISTRY;
    private static final int TEXTS = Integer.getInteger("texts", 2_000);

    @TempDir
    Path folder;

    private final ActorTestKit kit = ActorTestKit.create(
            ConfigFactory.parseString("pekko.loglevel = OFF").withFallback(ConfigFactory.load()));
    private final SecureRandom random = new SecureRandom();
    private final TestProbe<News> shown = kit.createTestProbe();
    private final TestProbe<ContactCommand.Outcome> written = kit.createTestProbe();
    private final Person alice = new Person(ALICE);
    private final Person bob = new Person(BOB);

    @AfterEach
    void end() {
        kit.shutdownTestKit();
    }

    private final class Person {
        final UserName name;
        final OwnKeys keys;
        private final OwnKeys.Born born;

        Person(UserName name) {
            this.name = name;
            born = OwnKeys.create(REGISTRY, name, SigningKey.create(random), System.currentTimeMillis(), random);
            keys = born.keys();
        }

        ActorRef<Store.Command> store() {
            var store = kit.spawn(Store.create(CheapVaults.create(folder.resolve(name.text()), name)), Store.props());
            var stored = kit.<Store.Commitment>createTestProbe();
            store.tell(new Store.Commit(born.changes(), stored.ref()));
            assertThat(stored.receiveMessage()).isInstanceOf(Store.Committed.class);
            return store;
        }

        ActorRef<ContactCommand> cipher(UserName contact, ActorRef<Store.Command> store, ActorRef<Effect> owner) {
            return kit.spawn(ContactCipher.create(
                    contact,
                    new Surroundings(
                            keys,
                            store,
                            owner,
                            Allowance.create(),
                            WantedGroups.NONE,
                            WantedFiles.NONE,
                            random,
                            InstantSource.system(),
                            ContactSettings.DEFAULT)));
        }
    }

    /** Does for {@code own} what links, mailbox and registry would. */
    private Behavior<Effect> carrying(Person own, Person other, Ends ends) {
        return Behaviors.receiveMessage(effect -> {
            var mine = ends.of(own);
            var theirs = ends.of(other);
            switch (effect) {
                case Effect.Transmit transmit ->
                    theirs.tell(new ContactCommand.Open(
                            EnvelopeCodec.decode(transmit.envelope()), new parley.peer.contact.Path.Link()));
                case Effect.NeedBundle need ->
                    mine.tell(new ContactCommand.Bundle(other.keys.chain(), Optional.empty()));
                case Effect.NeedChain need -> mine.tell(new ContactCommand.ChainSeen(other.keys.chain()));
                case Effect.Acknowledge(var contact, var id, var path) ->
                    theirs.tell(new ContactCommand.Acked(List.of(id)));
                case Effect.Refuse(var contact, var id, var reason) ->
                    theirs.tell(new ContactCommand.RefusedBy(id, reason));
                case Effect.Withdraw withdrawn -> {}
                case Effect.Leave left -> {}
                case Effect.CollectAgain again -> {}
                case Effect.ForGroup said -> {}
                case Effect.ForFiles said -> {}
                case Effect.FileInMailbox there -> {}
                case Effect.GaveUpFile gaveUp -> {}
                case Effect.Known known -> {}
                case News news -> shown.ref().tell(news);
            }
            return Behaviors.same();
        });
    }

    private final class Ends {
        private final List<ActorRef<ContactCommand>> both = new ArrayList<>();

        synchronized ActorRef<ContactCommand> of(Person person) {
            return both.get(person == alice ? 0 : 1);
        }

        synchronized void are(ActorRef<ContactCommand> alices, ActorRef<ContactCommand> bobs) {
            both.add(alices);
            both.add(bobs);
        }
    }

    @Test
    void thousandsOfTextsAreEachOnBothDisksBeforeTheyCount() {
        var ends = new Ends();
        var bobsStore = bob.store();
        synchronized (ends) {
            var alices = alice.cipher(BOB, alice.store(), kit.spawn(carrying(alice, bob, ends)));
            ends.are(alices, bob.cipher(ALICE, bobsStore, kit.spawn(carrying(bob, alice, ends))));
        }
        ends.of(bob).tell(new ContactCommand.Accept());
        // Until the first was opened the others would wait for alice's chain, and only some of them may.
        burst(ends, "first ", 1);
        burst(ends, "warm ", TEXTS - 1);
        long begun = System.nanoTime();
        burst(ends, "text ", TEXTS);
        long millis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begun);
        System.out.printf("%d texts written, opened and acknowledged in %d ms%n", TEXTS, millis);

        var lines = kit.<Store.Looked>createTestProbe();
        bobsStore.tell(new Store.Since(TEXTS, TEXTS, lines.ref()));
        var answer = (Store.Lines) lines.receiveMessage(Duration.ofSeconds(30));
        assertThat(answer.lines()).hasSize(TEXTS);
        assertThat(answer.lines().stream().map(HistoryLine::entry).map(entry -> entry.text()))
                .startsWith("text 0")
                .endsWith("text " + (TEXTS - 1));
    }

    private void burst(Ends ends, String text, int count) {
        for (int i = 0; i < count; i++) ends.of(alice).tell(new ContactCommand.Write(text + i, written.ref()));
        for (int i = 0; i < count; i++)
            assertThat(written.receiveMessage(Duration.ofSeconds(30))).isInstanceOf(ContactCommand.Written.class);
        int opened = 0;
        int delivered = 0;
        while (opened < count || delivered < count) {
            switch (shown.receiveMessage(Duration.ofSeconds(30))) {
                case News.TextOpened news -> opened++;
                case News.Reached news -> delivered++;
                case News other -> throw new AssertionError("shown: " + other);
            }
        }
    }
}
