package parley.peer.link;

import java.net.InetSocketAddress;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.javadsl.AskPattern;
import org.apache.pekko.stream.javadsl.Flow;
import org.apache.pekko.stream.javadsl.Keep;
import org.apache.pekko.stream.javadsl.Sink;
import org.apache.pekko.stream.javadsl.Source;
import org.apache.pekko.util.ByteString;
import parley.messages.classic.GroupKey;
import parley.messages.classic.Origin;
import parley.messages.classic.PeerMessage.PublicValue;
import parley.messages.classic.Sealed;
import parley.messages.name.Address;
import parley.messages.name.GroupName;
import parley.messages.name.UserName;
import parley.peer.cipher.ContactCipher;
import parley.peer.cipher.GroupCipher;
import parley.peer.cipher.Opening;
import parley.peer.cipher.OwnKeyPair;
import parley.peer.cipher.Sealing;

/** A peer without its session: real ciphers and real links, and queues where the screen would be. */
final class End implements Inbox {
    static final Duration PATIENCE = Duration.ofSeconds(20);
    static final GroupKey GROUP_KEY = new GroupKey(ByteString.fromString("abcdefghijklmnopqrstuvwx"));

    record Received(Conversation from, ByteString content) {}

    final BlockingQueue<Received> received = new LinkedBlockingQueue<>();
    final BlockingQueue<Dropped> drops = new LinkedBlockingQueue<>();
    /** What becomes of texts and files. */
    volatile Verdict verdict = new Verdict.Kept();

    private final ActorTestKit kit;
    private final UserName name;
    private final OwnKeyPair keys = OwnKeyPair.create(new SecureRandom());
    private final Map<Origin, ActorRef<ContactCipher.Command>> contacts = new ConcurrentHashMap<>();
    private final ActorRef<GroupCipher.Command> group;
    private final LinkSettings settings;
    final Listener listener;

    End(ActorTestKit kit, String name, LinkSettings settings) throws Exception {
        this.kit = kit;
        this.name = new UserName(name);
        this.settings = settings;
        this.group = kit.spawn(
                GroupCipher.create(() -> CompletableFuture.completedFuture(new GroupCipher.Granted(GROUP_KEY))));
        this.listener = Listener.bind(kit.system(), settings, "127.0.0.1", 0, keys.publicValue(), this)
                .toCompletableFuture()
                .get(5, TimeUnit.SECONDS);
    }

    Address address() {
        return new Address("127.0.0.1", listener.address().getPort());
    }

    PublicValue publicValue() {
        return keys.publicValue();
    }

    Delivery sendText(Address to, String text) throws Exception {
        var from = new Origin.User(name);
        var pieces = TextPieces.of(from, text).stream()
                .map(piece -> new Outgoing.Text(from, piece.length(), theirs -> sealed(theirs, piece)))
                .toList();
        return await(dialler().send(to, pieces));
    }

    Delivery sendFile(Address to, String path, Source<List<ByteString>, ?> content) throws Exception {
        return await(file(to, new Origin.User(name), path, content));
    }

    CompletionStage<Delivery> file(Address to, Origin from, String path, Source<List<ByteString>, ?> content) {
        return dialler()
                .send(to, new Outgoing.File(from, path, theirs -> content.mapAsync(1, plain -> seal(theirs, plain))));
    }

    Delivery sendGroupText(Address to, String group, String text) throws Exception {
        var from = new Origin.Group(new GroupName(group));
        var piece = TextPieces.of(from, text).getFirst();
        return await(dialler().send(to, new Outgoing.Text(from, piece.length(), theirs -> sealed(theirs, piece))));
    }

    Dialler dialler() {
        return Dialler.create(kit.system(), settings, keys.publicValue());
    }

    Received next() throws InterruptedException {
        var next = received.poll(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        if (next == null) throw new AssertionError("nothing was received; dropped: " + drops);
        return next;
    }

    Dropped nextDrop() throws InterruptedException {
        var next = drops.poll(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        if (next == null) throw new AssertionError("nothing was dropped");
        return next;
    }

    @Override
    public CompletionStage<Verdict> text(Conversation from, int length, Sealed text) {
        return open(from, List.of(text)).thenApply(opened -> {
            if (!(opened instanceof Opening.Done(var chunks))) return new Verdict.Refused(opened.toString());
            var readable = TextPieces.text(chunks.getFirst(), length);
            if (readable.isEmpty()) return new Verdict.Refused("a text that our key does not open");
            received.add(new Received(from, ByteString.fromString(readable.get())));
            return verdict;
        });
    }

    @Override
    public CompletionStage<Place> file(Conversation from, String path) {
        var sink = Flow.<List<Sealed>>create()
                .mapAsync(1, boxes -> open(from, boxes))
                .map(opening -> switch (opening) {
                    case Opening.Done(var chunks) ->
                        chunks.stream().reduce(ByteString.emptyByteString(), ByteString::concat);
                    case Opening.Refused(var why) -> throw new IllegalArgumentException(why);
                })
                .toMat(Sink.fold(ByteString.emptyByteString(), ByteString::concat), Keep.right())
                .mapMaterializedValue(whole -> whole.thenApply(content -> {
                    received.add(new Received(from, content));
                    return verdict;
                }));
        return CompletableFuture.completedFuture(new Place.Into(sink));
    }

    @Override
    public void dropped(Dropped dropped) {
        drops.add(dropped);
    }

    private CompletionStage<Outgoing.Sealing> sealed(Optional<PublicValue> theirs, TextPieces.Piece piece) {
        return seal(theirs, List.of(piece.utf8())).thenApply(boxes -> new Outgoing.Sealing.Done(boxes.getFirst()));
    }

    CompletionStage<List<Sealed>> seal(Optional<PublicValue> theirs, List<ByteString> plain) {
        CompletionStage<Sealing> asked = theirs.isEmpty()
                ? AskPattern.ask(group, to -> new GroupCipher.Seal(plain, to), PATIENCE, kit.scheduler())
                : AskPattern.ask(
                        contact(new Origin.User(name)),
                        to -> new ContactCipher.Seal(theirs.get(), plain, to),
                        PATIENCE,
                        kit.scheduler());
        return asked.thenApply(sealing -> switch (sealing) {
            case Sealing.Done(var chunks) -> chunks;
            case Sealing.Refused(var why) -> throw new IllegalArgumentException(why);
        });
    }

    CompletionStage<Opening> open(Conversation from, List<Sealed> sealed) {
        return switch (from) {
            case Conversation.WithContact(var contact, var theirs) ->
                AskPattern.ask(
                        contact(from.origin()),
                        to -> new ContactCipher.Open(theirs, sealed, to),
                        PATIENCE,
                        kit.scheduler());
            case Conversation.WithGroup with ->
                AskPattern.ask(group, to -> new GroupCipher.Open(sealed, to), PATIENCE, kit.scheduler());
        };
    }

    private ActorRef<ContactCipher.Command> contact(Origin origin) {
        return contacts.computeIfAbsent(origin, each -> kit.spawn(ContactCipher.create(keys)));
    }

    static Delivery await(CompletionStage<Delivery> sent) throws Exception {
        return sent.toCompletableFuture().get(60, TimeUnit.SECONDS);
    }

    static InetSocketAddress socket(Address address) {
        return new InetSocketAddress(address.host(), address.port());
    }
}
