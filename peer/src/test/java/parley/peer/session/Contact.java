package parley.peer.session;

import java.security.SecureRandom;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.javadsl.AskPattern;
import parley.messages.classic.PeerMessage.PublicValue;
import parley.messages.classic.Sealed;
import parley.messages.name.Address;
import parley.peer.cipher.ContactCipher;
import parley.peer.cipher.GroupCipher;
import parley.peer.cipher.Opening;
import parley.peer.cipher.OwnKeyPair;
import parley.peer.link.Conversation;
import parley.peer.link.Inbox;
import parley.peer.link.Listener;
import parley.peer.link.TextPieces;

/** Somebody who can be sent texts: a real listener with real ciphers and nothing behind them. */
final class Contact implements Inbox {
    final BlockingQueue<String> texts = new LinkedBlockingQueue<>();
    /** What it answers; never, if that is never completed. */
    volatile CompletableFuture<Verdict> verdict = CompletableFuture.completedFuture(new Verdict.Kept());

    private final ActorTestKit kit;
    private final ActorRef<ContactCipher.Command> cipher;
    private final ActorRef<GroupCipher.Command> group;
    private final Listener listener;

    Contact(ActorTestKit kit) {
        this.kit = kit;
        var keys = OwnKeyPair.create(new SecureRandom());
        this.cipher = kit.spawn(ContactCipher.create(keys));
        this.group = kit.spawn(
                GroupCipher.create(() -> CompletableFuture.completedFuture(new GroupCipher.Granted(CiphersTest.KEY))));
        this.listener = Listener.bind(kit.system(), Fixtures.LINKS, "127.0.0.1", 0, keys.publicValue(), this)
                .toCompletableFuture()
                .orTimeout(5, TimeUnit.SECONDS)
                .join();
    }

    Address address() {
        return new Address("127.0.0.1", listener.address().getPort());
    }

    void unlisten() {
        listener.close().toCompletableFuture().orTimeout(5, TimeUnit.SECONDS).join();
    }

    String next() throws InterruptedException {
        var next = texts.poll(20, TimeUnit.SECONDS);
        if (next == null) throw new AssertionError("no text came");
        return next;
    }

    @Override
    public CompletionStage<Verdict> text(Conversation from, int length, Sealed text) {
        return opened(from, List.of(text)).thenCompose(opening -> {
            if (opening instanceof Opening.Done(var chunks)) {
                texts.add(TextPieces.text(chunks.getFirst(), length).orElse("unreadable"));
            }
            return verdict;
        });
    }

    private CompletionStage<Opening> opened(Conversation from, List<Sealed> sealed) {
        var scheduler = kit.system().scheduler();
        return switch (from) {
            case Conversation.WithContact(var name, PublicValue theirs) ->
                AskPattern.ask(
                        cipher, replyTo -> new ContactCipher.Open(theirs, sealed, replyTo), Fixtures.LONG, scheduler);
            case Conversation.WithGroup(var name) ->
                AskPattern.ask(group, replyTo -> new GroupCipher.Open(sealed, replyTo), Fixtures.LONG, scheduler);
        };
    }

    @Override
    public CompletionStage<Place> file(Conversation from, String path) {
        return CompletableFuture.completedFuture(new Place.Refused("no files today"));
    }

    @Override
    public void dropped(Dropped dropped) {}
}
