package parley.proving.modern.evil;

import java.io.Closeable;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.japi.Pair;
import org.apache.pekko.stream.OverflowStrategy;
import org.apache.pekko.stream.javadsl.Flow;
import org.apache.pekko.stream.javadsl.Keep;
import org.apache.pekko.stream.javadsl.Sink;
import org.apache.pekko.stream.javadsl.Source;
import org.apache.pekko.stream.javadsl.SourceQueueWithComplete;
import org.apache.pekko.stream.javadsl.Tcp;
import org.apache.pekko.util.ByteString;
import org.jspecify.annotations.Nullable;
import parley.channel.Channel;
import parley.channel.Credentials;
import parley.channel.Expected;
import parley.messages.directory.Code;
import parley.messages.directory.LineFramer;
import parley.messages.directory.Push;
import parley.messages.directory.PushCodec;
import parley.messages.directory.Reply;
import parley.messages.directory.ReplyCodec;
import parley.messages.directory.Request;
import parley.messages.directory.RequestCodec;
import parley.messages.directory.SignUp;
import parley.messages.identity.Fingerprint;
import parley.messages.identity.OneTimePrekeys;
import parley.messages.identity.RegistryId;
import parley.messages.identity.Statement;
import parley.messages.name.PeerAddress;
import parley.messages.name.UserName;

/**
 * Says everything that a registry can say, and checks nothing. Remembers every envelope that it ever saw. One lock, for
 * it is small; safe for threads.
 */
public final class PlayedRegistry implements Closeable {
    private static final int QUEUE = 10_000;

    private static final class Account {
        final List<Statement> chain = new ArrayList<>();
        final List<OneTimePrekeys> pairs = new ArrayList<>();
        final NavigableMap<Long, Lies.Post> mailbox = new TreeMap<>();
        long lastSerial;
        Set<UserName> allowed = new HashSet<>();
        Set<UserName> watched = new HashSet<>();
        Optional<PeerAddress> at = Optional.empty();

        @Nullable
        Conversation here;
    }

    private final ActorSystem<Void> system = ActorSystem.create(Behaviors.empty(), "played-registry");
    private final SecureRandom random = new SecureRandom();
    private final Credentials first = anyCredentials();
    private final Set<Conversation> conversations = new HashSet<>();
    private final List<Request> asked = new ArrayList<>();
    private volatile Credentials credentials = first;
    private volatile RegistryId id = anyId();
    private boolean mute;
    private int knocks;
    private int greeted;
    private final Map<UserName, Account> accounts = new HashMap<>();
    private final List<Deposited> deposits = new ArrayList<>();
    private final PlayedGroups groups = new PlayedGroups(this::id);
    private final String address;
    private Lies lies = new Lies() {};

    public PlayedRegistry() throws Exception {
        var bound = Tcp.get(system)
                .bind("127.0.0.1", 0)
                .to(Sink.foreach(connection -> accept(connection)))
                .run(system)
                .toCompletableFuture()
                .get(10, TimeUnit.SECONDS);
        address = "127.0.0.1:%d#%s".formatted(bound.localAddress().getPort(), Fingerprint.of(credentials.key()));
    }

    /** {@code IP:PORT#FINGERPRINT}. */
    public String address() {
        return address;
    }

    public RegistryId id() {
        return id;
    }

    /** What whoever connects from now on sees; back to the first one again with {@code false}. */
    public void showAnotherKey(boolean another) {
        credentials = another ? anyCredentials() : first;
    }

    public String fingerprint() {
        return Fingerprint.of(credentials.key());
    }

    /** To whoever connects from now on it says that it is another one. */
    public void becomeAnother() {
        id = anyId();
    }

    /** Ends all connections. */
    public synchronized void hangUp() {
        conversations.forEach(conversation -> conversation.out.complete());
    }

    /** From now on nothing is answered, and what is asked is not done. */
    public synchronized void mute(boolean now) {
        mute = now;
    }

    /** Says this to everybody, whatever it is. */
    public synchronized void say(ByteString bytes) {
        conversations.forEach(conversation -> conversation.out.offer(bytes));
    }

    /** How many connections were tried. */
    public synchronized int knocks() {
        return knocks;
    }

    /** How many of them were told hello. */
    public synchronized int greeted() {
        return greeted;
    }

    /** Everything that anybody ever asked, in order. */
    public synchronized List<Request> asked() {
        return List.copyOf(asked);
    }

    /** From now on. */
    public synchronized void lie(Lies now) {
        lies = now;
    }

    /** Who has sealed something, and for whom. */
    public record Deposited(UserName by, UserName to, ByteString envelope) {}

    /** All that was ever deposited, in order. */
    public synchronized List<Deposited> deposits() {
        return List.copyOf(deposits);
    }

    /** The envelopes of them. */
    public synchronized List<ByteString> seen() {
        return deposits.stream().map(Deposited::envelope).toList();
    }

    public PlayedGroups groups() {
        return groups;
    }

    /** An account that nobody asked for. */
    public synchronized void enrol(UserName name, List<Statement> chain) {
        account(name).chain.addAll(chain);
    }

    /** Puts something into a mailbox that nobody sent. */
    public synchronized void post(UserName to, Lies.Post post) {
        put(account(to), post);
    }

    /** Tells whoever watches that {@code name} has published, whether that is so or not. */
    public synchronized void announce(UserName name) {
        accounts.forEach((other, account) -> {
            if (account.watched.contains(name) && account.here != null)
                account.here.push(new Push.Chain(name, account(name).chain.size()));
        });
    }

    public synchronized List<Statement> chain(UserName of) {
        return List.copyOf(account(of).chain);
    }

    private synchronized void accept(Tcp.IncomingConnection connection) {
        knocks++;
        Pair<SourceQueueWithComplete<ByteString>, Source<ByteString, org.apache.pekko.NotUsed>> out =
                Source.<ByteString>queue(QUEUE, OverflowStrategy.fail()).preMaterialize(system);
        var conversation = new Conversation(out.first());
        Sink<ByteString, ?> in = Flow.of(ByteString.class).to(Sink.foreach(conversation::received));
        var logic = Flow.fromSinkAndSourceCoupled(in.mapMaterializedValue(ignored -> conversation), out.second());
        Channel.server(credentials, new Expected.Anybody(), Channel.TO_REGISTRY)
                .join(connection.flow(), Keep.left())
                .joinMat(
                        logic.watchTermination((ignored, done) -> {
                            done.whenComplete((over, failure) -> conversation.over());
                            return conversation;
                        }),
                        Keep.left())
                .run(system)
                .whenComplete((key, refused) -> {
                    if (key != null) greet(conversation);
                });
    }

    private synchronized void greet(Conversation conversation) {
        greeted++;
        conversations.add(conversation);
        conversation.push(new Push.Hello(id, SignUp.OPEN));
    }

    private final class Conversation {
        private final SourceQueueWithComplete<ByteString> out;
        private final LineFramer framer = new LineFramer();
        private @Nullable UserName me;
        private boolean collecting;

        Conversation(SourceQueueWithComplete<ByteString> out) {
            this.out = out;
        }

        void push(Push push) {
            out.offer(PushCodec.encode(push));
        }

        void received(ByteString bytes) {
            synchronized (PlayedRegistry.this) {
                framer.add(bytes);
                for (var line = framer.next(); line != null; line = framer.next()) {
                    var request = RequestCodec.decode(line);
                    asked.add(request.request());
                    if (mute) continue;
                    out.offer(ReplyCodec.encode(request.tag(), answer(request.request())));
                    after(request.request());
                }
            }
        }

        void over() {
            synchronized (PlayedRegistry.this) {
                conversations.remove(this);
                if (me == null || account(me).here != this) return;
                var account = account(me);
                account.here = null;
                account.allowed = new HashSet<>();
                tellWatchers(me, new Push.Offline(me));
            }
        }

        private Reply answer(Request request) {
            return switch (request) {
                case Request.SignUp(var name, var chain, var invite) -> {
                    if (!account(name).chain.isEmpty()) yield new Reply.Refused(Code.TAKEN, "taken");
                    yield lies.signedUp(() -> account(name).chain.addAll(chain));
                }
                case Request.SignIn(var name, var at) -> {
                    var account = account(name);
                    if (account.chain.isEmpty()) yield new Reply.Refused(Code.UNKNOWN, "no such account");
                    me = name;
                    account.here = this;
                    account.at = at;
                    var head = account.chain.getLast().hash(id);
                    yield lies.signedIn(
                            name,
                            new Reply.SignedIn(
                                    account.chain.size(), head, account.pairs.size(), account.mailbox.size()));
                }
                case Request.Exit exit -> new Reply.Done();
                case Request.ChainOf(var name, var from) -> {
                    var told = lies.chain(name, me(), List.copyOf(account(name).chain));
                    if (told.isEmpty()) yield new Reply.Refused(Code.UNKNOWN, "no such account");
                    var row = told.subList(Math.min(from, told.size()), told.size());
                    yield new Reply.Chain(told.size(), row.subList(0, Math.min(20, row.size())));
                }
                case Request.Publish(var statements) -> {
                    account(me()).chain.addAll(statements);
                    yield new Reply.Published(account(me()).chain.size());
                }
                case Request.Pairs(var pairs) -> {
                    account(me()).pairs.addAll(pairs);
                    yield new Reply.PairsLeft(account(me()).pairs.size());
                }
                case Request.PrekeysOf(var name) -> {
                    var pairs = account(name).pairs;
                    Optional<OneTimePrekeys> pair =
                            pairs.isEmpty() ? Optional.empty() : Optional.of(pairs.removeFirst());
                    yield new Reply.Prekeys(lies.pair(name, me(), pair));
                }
                case Request.Revoke(var name, var revocation) -> {
                    account(name).chain.add(revocation);
                    yield new Reply.Done();
                }
                case Request.Allow(var names) -> {
                    account(me()).allowed = names;
                    yield new Reply.Done();
                }
                case Request.Watch(var names) -> {
                    account(me()).watched = names;
                    yield new Reply.Done();
                }
                case Request.WhereIs(var name) ->
                    account(name).here == null || !account(name).allowed.contains(me())
                            ? new Reply.Refused(Code.OFFLINE, "offline")
                            : new Reply.At(lies.address(name, me(), account(name).at));
                case Request.Deposit(var to, var envelope) -> {
                    if (account(to).chain.isEmpty()) yield new Reply.Refused(Code.UNKNOWN, "no such account");
                    deposits.add(new Deposited(me(), to, envelope));
                    lies.deposited(to, new Lies.Post(me(), envelope)).forEach(post -> put(account(to), post));
                    yield new Reply.Done();
                }
                case Request.Collect(var above) -> {
                    collecting = true;
                    account(me()).mailbox.tailMap(above, false).forEach((serial, post) -> push(envelope(serial, post)));
                    yield new Reply.Done();
                }
                case Request.Ack(var serials) -> {
                    serials.forEach(account(me()).mailbox::remove);
                    yield new Reply.Done();
                }
                case Request.CreateGroup(var group, var first) -> groups.create(group, first);
                case Request.AppendToLog(var group, var next) -> groups.append(me(), group, next);
                case Request.LogOf(var group, var from) -> groups.log(me(), group, from);
                case Request.ListGroups(var after) -> groups.list(after);
                case Request.Unreadable(var code, var why) -> new Reply.Refused(code, why);
            };
        }

        /** What others learn of it. */
        private void after(Request request) {
            switch (request) {
                case Request.SignIn in -> {}
                case Request.Allow(var names) -> {
                    for (var name : names) {
                        var other = account(name).here;
                        if (other != null && account(name).watched.contains(me())) other.told(me());
                    }
                }
                case Request.Watch(var names) -> {
                    for (var name : names) {
                        if (account(name).here != null && account(name).allowed.contains(me())) told(name);
                    }
                }
                case Request.Publish published -> announce(me());
                case Request.Revoke(var name, var revocation) -> announce(name);
                case Request.Exit exit -> out.complete();
                case Request other -> {}
            }
        }

        private void told(UserName of) {
            if (lies.tells(of, me())) push(new Push.Online(of, lies.address(of, me(), account(of).at)));
        }

        private UserName me() {
            return me == null ? new UserName("nobody") : me;
        }
    }

    private void put(Account account, Lies.Post post) {
        long serial = ++account.lastSerial;
        account.mailbox.put(serial, post);
        if (account.here != null && account.here.collecting) account.here.push(envelope(serial, post));
    }

    private static Push envelope(long serial, Lies.Post post) {
        return new Push.Envelope(serial, post.from(), System.currentTimeMillis(), post.envelope());
    }

    private void tellWatchers(UserName of, Push push) {
        accounts.forEach((name, account) -> {
            if (account.watched.contains(of) && account.here != null && lies.tells(of, name)) account.here.push(push);
        });
    }

    private Account account(UserName name) {
        return accounts.computeIfAbsent(name, unknown -> new Account());
    }

    private Credentials anyCredentials() {
        return Credentials.of(bytes(Credentials.SEED_BYTES));
    }

    private RegistryId anyId() {
        return new RegistryId(ByteString.fromArray(bytes(RegistryId.BYTES)));
    }

    private byte[] bytes(int count) {
        var bytes = new byte[count];
        random.nextBytes(bytes);
        return bytes;
    }

    @Override
    public void close() {
        system.terminate();
        try {
            system.getWhenTerminated()
                    .toCompletableFuture()
                    .get(Duration.ofMinutes(1).toMillis(), TimeUnit.MILLISECONDS);
        } catch (Exception late) {
            throw new IllegalStateException("the played registry did not end", late);
        }
    }
}
