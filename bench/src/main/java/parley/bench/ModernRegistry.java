package parley.bench;

import java.nio.file.Files;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.util.ByteString;
import parley.channel.Credentials;
import parley.messages.identity.RegistryId;
import parley.messages.identity.StatementRow;
import parley.messages.name.UserName;
import parley.peer.cipher.identity.SigningKey;
import parley.peer.store.OwnKeys;
import parley.proving.process.Launch;
import parley.proving.process.Running;

/**
 * The modern gate: full handshakes with sign-in, look-ups, and what an idle connection costs. The load runs on the same
 * machine, so sign-ins are also counted in the registry's own processor time.
 */
final class ModernRegistry {
    private static final String HOST = "127.0.0.1";
    private static final int PEOPLE = 1_000;
    private static final int AT_ONCE = 32;
    private static final int ROUNDS = 5;
    private static final int SIGN_INS_A_ROUND = 400;

    /** What a sign-in costs falls to a quarter in the first 15,000, while HotSpot compiles all that a handshake is. */
    private static final int WARM_UP_ROUNDS = 36;

    private static final int ASKING = 50;
    private static final long RUSH_NANOS = 5_000_000_000L;

    private record Person(String name, Credentials credentials, String chain) {}

    static void run() throws Exception {
        var folder = Files.createTempDirectory("parley-bench");
        var conf = Files.writeString(
                folder.resolve("registry.conf"), "parley.registry.modern.sign-ups-an-hour-nearby = 1000000\n");
        var system = ActorSystem.create(Behaviors.empty(), "gate-bench");
        try (var registry =
                Running.ready(Launch.registry(folder.resolve("registry")).with("--conf", conf.toString()))) {
            new ModernRegistry(system, registry, id(system, registry)).measure();
        } finally {
            system.terminate();
        }
    }

    private final ActorSystem<Object> system;
    private final Running registry;
    private final RegistryId id;
    private final SecureRandom random = new SecureRandom();

    private ModernRegistry(ActorSystem<Object> system, Running registry, RegistryId id) {
        this.system = system;
        this.registry = registry;
        this.id = id;
    }

    private void measure() throws Exception {
        var people = new ArrayList<Person>();
        for (int i = 0; i < PEOPLE; i++) people.add(person(i));
        eachOf(
                people,
                person -> connect(person)
                        .thenCompose(client -> client.ask("signup %s %s".formatted(person.name, person.chain))
                                .whenComplete((done, failure) -> client.close())));

        var rates = new double[ROUNDS];
        var costs = new double[ROUNDS];
        for (int round = 0; round < WARM_UP_ROUNDS; round++)
            signIns(people.subList(0, SIGN_INS_A_ROUND)).forEach(GateClient::close);
        for (int round = 0; round < ROUNDS; round++) {
            var cpu = CpuTime.of(registry);
            long start = System.nanoTime();
            var clients = signIns(people.subList(0, SIGN_INS_A_ROUND));
            rates[round] = SIGN_INS_A_ROUND / ((System.nanoTime() - start) / 1e9);
            costs[round] = cpu.sinceMillis() / SIGN_INS_A_ROUND;
            clients.forEach(GateClient::close);
        }
        Figure.of("sign-ins/s, full handshakes, load on the same cores", Figure.median(rates), "/s")
                .print();
        Figure.of("registry's processor time a sign-in", Figure.median(costs), "ms")
                .print();

        long before = IdleMemory.settledKib(registry);
        long liveBefore = IdleMemory.liveKib(registry);
        var idle = signIns(people);
        long after = IdleMemory.settledKib(registry);
        long liveAfter = IdleMemory.liveKib(registry);
        Figure.of("RSS an idle signed-in TLS connection", (after - before) / (double) PEOPLE, "KiB")
                .print();
        Figure.of("live heap an idle signed-in TLS connection", (liveAfter - liveBefore) / (double) PEOPLE, "KiB")
                .print();

        for (var client : idle.subList(0, ASKING))
            client.ask("allow " + people.get(0).name).toCompletableFuture().get(10, TimeUnit.SECONDS);
        var askers = idle.subList(0, ASKING);
        rush(askers);
        var lookups = new double[ROUNDS];
        for (int round = 0; round < ROUNDS; round++) lookups[round] = rush(askers);
        Figure.of("client_info/s over %d TLS connections".formatted(ASKING), Figure.median(lookups), "/s")
                .print();
    }

    private List<GateClient> signIns(List<Person> people) throws Exception {
        return eachOf(
                people,
                person -> connect(person)
                        .thenCompose(client -> client.ask("signin %s 127.0.0.1:9".formatted(person.name))
                                .thenApply(done -> client)));
    }

    /** One question out on each connection, over and over. */
    private double rush(List<GateClient> clients) throws Exception {
        var answered = new AtomicLong();
        long end = System.nanoTime() + RUSH_NANOS;
        long start = System.nanoTime();
        var all = new ArrayList<CompletableFuture<Void>>();
        for (var client : clients) {
            var over = new CompletableFuture<Void>();
            all.add(over);
            again(client, end, answered, over);
        }
        for (var over : all) over.get(30, TimeUnit.SECONDS);
        return answered.get() / ((System.nanoTime() - start) / 1e9);
    }

    private static void again(GateClient client, long end, AtomicLong answered, CompletableFuture<Void> over) {
        client.ask("client_info user0").whenComplete((line, offline) -> {
            answered.incrementAndGet();
            if (System.nanoTime() < end) again(client, end, answered, over);
            else over.complete(null);
        });
    }

    private interface Work<T> {
        CompletionStage<T> of(Person person);
    }

    /** Some at once, until all are done. */
    private static <T> List<T> eachOf(List<Person> people, Work<T> work) throws Exception {
        var results = new ArrayList<T>();
        for (int from = 0; from < people.size(); from += AT_ONCE) {
            var batch = people.subList(from, Math.min(from + AT_ONCE, people.size())).stream()
                    .map(person -> work.of(person).toCompletableFuture())
                    .toList();
            for (var one : batch) results.add(one.get(60, TimeUnit.SECONDS));
        }
        return results;
    }

    private CompletionStage<GateClient> connect(Person person) {
        return GateClient.connect(system, HOST, port(registry), person.credentials);
    }

    private Person person(int number) {
        var name = "user" + number;
        var tls = SigningKey.create(random);
        var keys = OwnKeys.create(id, new UserName(name), tls, System.currentTimeMillis(), random)
                .keys();
        var row = StatementRow.encode(keys.chain().statements()).toArray();
        return new Person(
                name,
                Credentials.of(tls.secret().unsafeBytes()),
                Base64.getUrlEncoder().withoutPadding().encodeToString(row));
    }

    /** Its third word. */
    private static RegistryId id(ActorSystem<?> system, Running registry) throws Exception {
        var anybody = Credentials.of(new byte[Credentials.SEED_BYTES]);
        try (var client = GateClient.connect(system, HOST, port(registry), anybody)
                .toCompletableFuture()
                .get(10, TimeUnit.SECONDS)) {
            var greeting = client.hello()
                    .toCompletableFuture()
                    .get(10, TimeUnit.SECONDS)
                    .split(" ");
            return new RegistryId(ByteString.fromArray(Base64.getUrlDecoder().decode(greeting[3])));
        }
    }

    private static int port(Running registry) {
        var at = registry.modernAddress();
        return Integer.parseInt(at.substring(at.indexOf(':') + 1, at.indexOf('#')));
    }
}
