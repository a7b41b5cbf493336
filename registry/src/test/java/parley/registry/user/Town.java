package parley.registry.user;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.testkit.typed.javadsl.ManualTime;
import org.apache.pekko.actor.testkit.typed.javadsl.TestProbe;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.cluster.sharding.typed.javadsl.ClusterSharding;
import org.apache.pekko.persistence.testkit.javadsl.PersistenceTestKit;
import parley.messages.identity.IdentityKey;
import parley.messages.identity.OneTimePrekeys;
import parley.messages.identity.Statement;
import parley.messages.name.PeerAddress;
import parley.messages.name.UserName;
import parley.registry.InMemory;
import parley.registry.Person;
import parley.registry.journal.Retention;
import parley.registry.journal.Shelf;

/** The users' actors without sharding, on a journal in memory and a real shelf; asks and waits as a gate would. */
final class Town implements AutoCloseable {
    static final Duration IDLE = Duration.ofMinutes(2);
    static final PeerAddress HOME = PeerAddress.parse("10.0.0.7:41233");
    static final PeerAddress WORK = PeerAddress.parse("[::1]:41234");

    final ActorTestKit kit = ActorTestKit.create(InMemory.config());
    final PersistenceTestKit journal = PersistenceTestKit.create(kit.system());
    final ManualTime time = ManualTime.get(kit.system());
    final TestProbe<ClusterSharding.ShardCommand> shard = kit.createTestProbe();
    final MovedClock clock = new MovedClock();
    final Shelf shelf;
    final Invitations invitations;
    private final SignUpPolicy policy;
    private final PasswordHasher hasher = PasswordHasher.create(1, 64);
    private final Map<UserName, ActorRef<UserRegistry.Command>> entities = new ConcurrentHashMap<>();

    Town(Path folder, SignUpPolicy policy) {
        this.policy = policy;
        shelf = Around.shelf(folder);
        invitations = new Invitations(shelf, clock);
    }

    /** Somebody whom no other test knows: the journal is all tests'. */
    Person person(String like) {
        var unique = UUID.randomUUID();
        return new Person(like + unique.toString().substring(0, 8), unique.getMostSignificantBits());
    }

    Person signedUp(String like) {
        var person = person(like);
        var answer = signUp(person);
        if (!answer.equals(new ModernUser.SignedUp())) throw new AssertionError(answer);
        return person;
    }

    ActorRef<UserRegistry.Command> of(UserName name) {
        return entities.computeIfAbsent(name, this::started);
    }

    ActorRef<UserRegistry.Command> of(Person person) {
        return of(person.name);
    }

    /** What is left is what is on disk. */
    void restart(Person person) {
        kit.stop(of(person));
        entities.put(person.name, started(person.name));
    }

    private ActorRef<UserRegistry.Command> started(UserName name) {
        var rules = new SignInRules(5, Duration.ofSeconds(1), Duration.ofMinutes(15), 16, Duration.ofHours(24));
        var throttle = kit.spawn(SignInThrottle.create(name.text(), rules, new Retention(100, 2), Clock.systemUTC()));
        var doorkeeper = new Doorkeeper(source -> throttle, hasher, kit.scheduler());
        var around = Around.of(shelf, policy, clock, this::of);
        return kit.spawn(UserRegistry.create(name, doorkeeper, hasher, around, new Retention(2, 2), IDLE, shard.ref()));
    }

    <A> A ask(Person whom, Function<ActorRef<A>, UserRegistry.Command> question) {
        return asking(whom, question).receiveMessage();
    }

    <A> TestProbe<A> asking(Person whom, Function<ActorRef<A>, UserRegistry.Command> question) {
        var answer = kit.<A>createTestProbe();
        of(whom).tell(question.apply(answer.ref()));
        return answer;
    }

    ModernUser.SignUpAnswer signUp(Person person) {
        return signUp(person, person.chain.statements(), person.tls(), Optional.empty());
    }

    ModernUser.SignUpAnswer signUp(Person person, String invitation) {
        return signUp(person, person.chain.statements(), person.tls(), Optional.of(invitation));
    }

    ModernUser.SignUpAnswer signUp(
            Person person, List<Statement> chain, IdentityKey shown, Optional<String> invitation) {
        return ask(person, replyTo -> new ModernUser.SignUp(chain, shown, invitation, replyTo));
    }

    ModernUser.SignInAnswer signIn(Person person, PeerAddress at, TestProbe<ConnectionNotice> over) {
        return signIn(person, person.tls(), Optional.of(at), over);
    }

    ModernUser.SignInAnswer signIn(
            Person person, IdentityKey shown, Optional<PeerAddress> at, TestProbe<ConnectionNotice> over) {
        return ask(person, replyTo -> new ModernUser.SignIn(shown, at, over.ref(), replyTo));
    }

    ModernUser.PublishAnswer publish(Person person, List<Statement> statements, TestProbe<ConnectionNotice> over) {
        return ask(person, replyTo -> new ModernUser.Publish(statements, over.ref(), replyTo));
    }

    ModernUser.IdentityAnswer identity(Person person, TestProbe<ConnectionNotice> over) {
        return ask(person, replyTo -> new ModernUser.IdentityOf(over.ref(), replyTo));
    }

    ModernUser.AddPairsAnswer add(Person person, List<OneTimePrekeys> pairs, TestProbe<ConnectionNotice> over) {
        return ask(person, replyTo -> new ModernUser.AddPairs(pairs, over.ref(), replyTo));
    }

    ModernUser.TakePairAnswer take(Person person, UserName asker) {
        return ask(person, replyTo -> new ModernUser.TakePair(asker, replyTo));
    }

    ModernUser.ChainAnswer chain(Person person, int from, int bytesMax) {
        return ask(person, replyTo -> new ModernUser.ChainOf(from, bytesMax, replyTo));
    }

    ModernUser.RevokeAnswer revoke(Person person, Statement statement) {
        return ask(person, replyTo -> new ModernUser.Revoke(statement, replyTo));
    }

    ModernUser.ListAnswer allow(Person person, TestProbe<ConnectionNotice> over, UserName... names) {
        return ask(person, replyTo -> new ModernUser.Allow(Set.of(names), over.ref(), replyTo));
    }

    ModernUser.ListAnswer watch(Person person, TestProbe<ConnectionNotice> over, UserName... names) {
        return ask(person, replyTo -> new ModernUser.Watch(Set.of(names), over.ref(), replyTo));
    }

    ModernUser.WhereIsAnswer whereIs(Person person, UserName asker) {
        return ask(person, replyTo -> new ModernUser.WhereIs(asker, replyTo));
    }

    ModernUser.Standing standing(Person person) {
        return ask(person, ModernUser.StandingOf::new);
    }

    TestProbe<ConnectionNotice> connection() {
        return kit.createTestProbe();
    }

    TestProbe<ConnectionNotice> online(Person person) {
        var connection = connection();
        var answer = signIn(person, HOME, connection);
        if (!(answer instanceof ModernUser.SignedIn)) throw new AssertionError(answer);
        return connection;
    }

    /** Who asked to be put away since, of all actors. */
    List<Object> putAway() {
        var entities = new ArrayList<>();
        while (true) {
            try {
                if (shard.receiveMessage(Duration.ofMillis(100)) instanceof ClusterSharding.Passivate<?> passivate)
                    entities.add(passivate.entity());
            } catch (AssertionError nothingMore) {
                return entities;
            }
        }
    }

    @Override
    public void close() throws IOException {
        kit.shutdownTestKit();
        hasher.close();
        shelf.close();
    }
}
