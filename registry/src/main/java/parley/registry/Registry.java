package parley.registry;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.apache.pekko.Done;
import org.apache.pekko.actor.CoordinatedShutdown;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import parley.channel.Credentials;
import parley.messages.directory.Push;
import parley.messages.directory.SignUp;
import parley.messages.identity.Fingerprint;
import parley.messages.identity.RegistryId;
import parley.messages.settings.Endpoint;
import parley.messages.settings.Settings;
import parley.registry.cluster.ClusterOfOne;
import parley.registry.gate.ClassicGate;
import parley.registry.gate.GateLimits;
import parley.registry.gate.ShardedDesk;
import parley.registry.gate.modern.ModernGate;
import parley.registry.gate.modern.ModernLimits;
import parley.registry.gate.modern.ShardedModernDesk;
import parley.registry.gate.relay.RelayGate;
import parley.registry.group.Groups;
import parley.registry.journal.FolderInUse;
import parley.registry.journal.JournalFolder;
import parley.registry.mailbox.Envelopes;
import parley.registry.mailbox.Mailbox;
import parley.registry.mailbox.Mailboxes;
import parley.registry.relay.RelayLimits;
import parley.registry.user.SignUpPolicy;
import parley.registry.user.Users;

/**
 * A running registry.
 *
 * <pre>
 *   folder claimed --&gt; system started --&gt; cluster joined --&gt; slices recovered --&gt; gates open: ready
 *                             |                 |                  |                 |
 *                             +-----------------+--- cannot start -+-----------------+--&gt; stopped, folder left
 * </pre>
 */
final class Registry {
    /**
     * @param listen where modern peers connect
     * @param fingerprint of the key that they pin
     * @param data the real path of the folder
     */
    record Ready(Endpoint classic, Endpoint listen, String fingerprint, Path data) {}

    /** Where to listen, as it was written and as it was found. */
    private record Place(Endpoint given, InetSocketAddress at) {
        static Place of(Settings settings, String key) {
            var given = Endpoint.parse(settings.text(key)).orElseThrow(() -> settings.bad(key, Endpoint.EXPECTED));
            var at = new InetSocketAddress(given.host(), given.port());
            if (at.isUnresolved()) throw settings.bad(key, "a host that can be found");
            return new Place(given, at);
        }
    }

    private static final String CLASSIC_LISTEN = "parley.registry.classic.listen";
    private static final String LISTEN = "parley.registry.listen";

    /** How long the journal may take to be read at the start. */
    private static final Duration RECOVERY_MAX = Duration.ofSeconds(30);

    /** How long a start may hold up a stop, all of which has 5 s. */
    static final Duration START_MAX = Duration.ofSeconds(2);

    private static final Logger log = LoggerFactory.getLogger(Registry.class);

    private final ActorSystem<Void> system;
    private final CompletionStage<Done> left;
    private final CompletionStage<Ready> ready;

    /** @param left completed when the system has ended and the folder may be another's */
    private Registry(ActorSystem<Void> system, CompletionStage<Done> left, CompletionStage<Ready> ready) {
        this.system = system;
        this.left = left;
        this.ready = ready;
    }

    /**
     * @throws CannotStart if the data folder can't be had
     * @throws parley.messages.settings.BadSettings if a setting is of no use
     */
    static Registry start(Settings settings, Path data) {
        var classicLimits = GateLimits.from(settings);
        var modernLimits = ModernLimits.from(settings);
        var relayLimits = RelayLimits.from(settings);
        var classic = Place.of(settings, CLASSIC_LISTEN);
        var modern = Place.of(settings, LISTEN);
        var folder = claim(data);
        var config = folder.config().withFallback(settings.config()).resolve();
        var system = system(config, folder);
        var left = system.getWhenTerminated().whenComplete((done, failure) -> leave(folder));
        var ready = open(system, folder, classicLimits, classic, modernLimits, relayLimits, modern, data);
        stopOnceStarted(system, ready);
        return new Registry(system, left, ready);
    }

    /** Half of a cluster does not leave in order: what is stopped while it starts is started first, if that is soon. */
    private static void stopOnceStarted(ActorSystem<?> system, CompletionStage<Ready> ready) {
        CoordinatedShutdown.get(system)
                .addTask(
                        CoordinatedShutdown.PhaseBeforeServiceUnbind(),
                        "finish starting",
                        () -> ready.handle((started, failure) -> Done.getInstance())
                                .toCompletableFuture()
                                .completeOnTimeout(Done.getInstance(), START_MAX.toMillis(), TimeUnit.MILLISECONDS));
    }

    CompletionStage<Ready> ready() {
        return ready;
    }

    /** Whoever started us holds the other end, and is gone when it is closed. */
    void stopAtEndOf(InputStream in) {
        Thread.ofPlatform().daemon().name("until-eof").start(() -> {
            try {
                in.transferTo(OutputStream.nullOutputStream());
            } catch (IOException broken) {
                log.debug("standard input broke: {}", broken.getMessage());
            }
            stop();
        });
    }

    /**
     * Answers what was accepted, closes the connections, leaves the folder, and is completed when everything has ended.
     */
    CompletionStage<Done> stop() {
        return CoordinatedShutdown.get(system).runAll(Stop.REASON).thenCombine(left, (stopped, done) -> done);
    }

    /** Says why in one line, stops, and ends the process. */
    void giveUp(String why) {
        System.err.println("parley registry: " + why);
        system.terminate();
        left.whenComplete((done, failure) -> System.exit(RegistryMain.FAILED));
    }

    /** Pekko's own keys pass our checks; it finds out for itself what does not fit. */
    private static ActorSystem<Void> system(Config config, JournalFolder folder) {
        try {
            return ActorSystem.create(Behaviors.empty(), "parley", config);
        } catch (ConfigException unfit) {
            leave(folder);
            throw new CannotStart(String.valueOf(unfit.getMessage()));
        }
    }

    private static JournalFolder claim(Path data) {
        try {
            return JournalFolder.claim(data);
        } catch (FolderInUse taken) {
            throw new CannotStart(String.valueOf(taken.getMessage()));
        } catch (AccessDeniedException denied) {
            throw new CannotStart(
                    "data folder %s cannot be written: permission denied for %s".formatted(data, denied.getFile()));
        } catch (FileSystemException unusable) {
            throw new CannotStart("data folder %s cannot be used: %s".formatted(data, unusable.getMessage()));
        } catch (IOException unreadable) {
            throw new CannotStart(String.valueOf(unreadable.getMessage()));
        }
    }

    private static CompletionStage<Ready> open(
            ActorSystem<?> system,
            JournalFolder folder,
            GateLimits classicLimits,
            Place classic,
            ModernLimits modernLimits,
            RelayLimits relayLimits,
            Place modern,
            Path data) {
        var identity = folder.identity();
        var registry = new RegistryId(identity.id());
        var hello = new Push.Hello(registry, signUp(system.settings().config()));
        var envelopes = new Envelopes(folder.shelf());
        var users = Users.init(system, registry, folder.shelf(), envelopes::waiting);
        var groups = Groups.init(system, registry, users);
        var mailboxes = Mailboxes.init(
                system,
                envelopes,
                name -> users.standing(name, modernLimits.answer())
                        .thenApply(standing -> Mailbox.Recipient.valueOf(standing.name())));
        ClusterOfOne.join(system);
        var classicDesk = new ShardedDesk(users, groups, classicLimits.answer());
        var modernDesk = new ShardedModernDesk(users, mailboxes, groups, modernLimits, Clock.systemUTC());
        var relay = new RelayGate(
                (name, shown) -> users.recognise(name, shown, modernLimits.answer()),
                relayLimits,
                modernLimits.firstRequest());
        // Beside everything else: TLS is half a second of loading classes.
        var own = beside(() -> Credentials.of(identity.tlsSeed().toArray()));
        var modernGate = own.thenApply(
                credentials -> ModernGate.create(system, modernDesk, modernLimits, hello, relay, credentials));
        return groups.list(1, RECOVERY_MAX)
                .handle((slices, failure) -> {
                    if (failure != null) throw new CannotStart("the journal in %s cannot be read".formatted(data));
                    return slices;
                })
                .thenCompose(
                        recovered -> bound(classic, ClassicGate.open(system, classicDesk, classicLimits, classic.at())))
                .thenCompose(classicAt -> bound(modern, modernGate.thenCompose(gate -> gate.open(modern.at())))
                        .thenCombine(
                                own,
                                (at, credentials) -> new Ready(
                                        Endpoint.of(classicAt),
                                        Endpoint.of(at),
                                        Fingerprint.of(credentials.key()),
                                        data)));
    }

    private static <T> CompletionStage<T> beside(Supplier<T> work) {
        return CompletableFuture.supplyAsync(
                work, task -> Thread.ofPlatform().daemon().name("tls").start(task));
    }

    private static SignUp signUp(Config config) {
        return switch (SignUpPolicy.of(config)) {
            case OPEN -> SignUp.OPEN;
            case INVITE -> SignUp.INVITE;
            case CLOSED -> SignUp.CLOSED;
        };
    }

    private static CompletionStage<InetSocketAddress> bound(Place place, CompletionStage<InetSocketAddress> opening) {
        return opening.exceptionallyCompose(failure -> {
            var root = failure;
            while (root.getCause() != null) root = root.getCause();
            return CompletableFuture.failedStage(
                    new CannotStart("cannot listen on %s: %s".formatted(place.given(), withoutAddress(root))));
        });
    }

    /** Pekko begins with the address in brackets, which ours names as it was written. */
    private static String withoutAddress(Throwable failure) {
        return String.valueOf(failure.getMessage()).replaceFirst("^\\[.*] ", "");
    }

    private static void leave(JournalFolder folder) {
        try {
            folder.close();
        } catch (IOException failed) {
            log.warn("data folder could not be unlocked, the end of the process will: {}", failed.getMessage());
        }
    }

    /** Why we stop, for whoever logs it. */
    private enum Stop implements CoordinatedShutdown.Reason {
        REASON
    }
}
