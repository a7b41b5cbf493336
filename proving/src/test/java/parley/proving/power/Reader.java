package parley.proving.power;

import com.typesafe.config.ConfigFactory;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.apache.pekko.Done;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.Props;
import org.apache.pekko.actor.typed.SpawnProtocol;
import org.apache.pekko.actor.typed.Terminated;
import org.apache.pekko.actor.typed.javadsl.AskPattern;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import parley.messages.name.UserName;
import parley.peer.cipher.ratchet.SessionsCodec;
import parley.peer.store.AccountVault;
import parley.peer.store.HistoryLine;
import parley.peer.store.Store;
import parley.peer.vault.RememberedKeys;

/** Opens vaults as a peer does and reads all texts. */
final class Reader implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final int ALL = 10_000;
    private static final String SESSIONS = "sessions";

    private final RememberedKeys keys = new RememberedKeys(Conversation.PASSWORD);
    private final ActorSystem<SpawnProtocol.Command> system = ActorSystem.create(
            Behaviors.setup(context -> SpawnProtocol.create()),
            "reader",
            ConfigFactory.parseString("pekko.actor.provider = local, pekko.loglevel = warning")
                    .withFallback(ConfigFactory.load()));

    /** The whole history; the sessions can be read too. */
    List<HistoryLine> texts(Path folder, String name) throws Exception {
        var account = AccountVault.in(keys.open(folder, new UserName(name)));
        account.look(tables -> tables.list(SESSIONS).stream()
                .map(row -> SessionsCodec.decode(row.value()))
                .toList());
        var closed = new CompletableFuture<Done>();
        ActorRef<Store.Command> store = of(AskPattern.<SpawnProtocol.Command, ActorRef<Store.Command>>ask(
                system,
                replyTo -> new SpawnProtocol.Spawn<>(store(account, closed), "", Props.empty(), replyTo),
                PATIENCE,
                system.scheduler()));
        try {
            var looked = of(AskPattern.<Store.Command, Store.Looked>ask(
                    store, replyTo -> new Store.Since(0, ALL, replyTo), PATIENCE, system.scheduler()));
            return switch (looked) {
                case Store.Lines(var lines, var over) -> lines;
                case Store.NoLines(var why) -> throw new AssertionError("no texts: " + why);
            };
        } finally {
            store.tell(new Store.Close());
            of(closed);
        }
    }

    /** The next one may want the same folder: the vault must be closed and not only closing. */
    private static Behavior<Store.Command> store(AccountVault account, CompletableFuture<Done> closed) {
        return Behaviors.setup(context -> {
            var store = context.spawn(Store.create(account.vault()), "store");
            context.watch(store);
            return Behaviors.receive(Store.Command.class)
                    .onMessage(Store.Command.class, command -> {
                        store.tell(command);
                        return Behaviors.same();
                    })
                    .onSignal(Terminated.class, ended -> {
                        closed.complete(Done.done());
                        return Behaviors.stopped();
                    })
                    .build();
        });
    }

    private static <T> T of(CompletionStage<T> answer) throws Exception {
        return answer.toCompletableFuture().get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
    }

    @Override
    public void close() {
        system.terminate();
        system.getWhenTerminated().toCompletableFuture().join();
    }
}
