package parley.peer.file;

import static org.apache.pekko.actor.typed.javadsl.Behaviors.receiveMessage;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.util.ByteString;
import parley.messages.identity.IdentityKey;
import parley.messages.name.UserName;
import parley.messages.wire.Content;
import parley.messages.wire.MessageId;
import parley.peer.contact.ContactCommand;
import parley.peer.contact.ContactCommand.WhyNot;
import parley.peer.store.Change;

/** What is handed to ciphers: offers with what belongs to them, and what others are still to be told. Mutable. */
final class Handing {
    private final FilesSurroundings around;
    private final Self self;
    private final Workbench workbench;
    private final Posting posting = new Posting();

    Handing(FilesSurroundings around, Self self, Workbench workbench) {
        this.around = around;
        this.self = self;
        this.workbench = workbench;
    }

    /** A file for one contact: he is befriended by it, as by a text. */
    void offer(UserName to, Happened.Sending sending, List<ByteString> bytes) {
        var file = sending.file();
        var contents = new ArrayList<Content.OfFile>();
        contents.add(new Content.File(file.id(), file.offer()));
        contents.addAll(pieces(file.id(), bytes));
        hand(
                to,
                contents,
                Optional.empty(),
                true,
                Transfers.rows(file, around.own(), sending.receivers(), sending.posts()),
                outcome -> switch (outcome) {
                    case ContactCommand.Handed well -> new Happened.Queued(sending);
                    case ContactCommand.NotHanded(var contact, var message, var why, var text) ->
                        new Happened.NotQueued(sending, text);
                });
    }

    /** It is on disk that this is to be said. */
    void add(Post post) {
        posting.add(post);
    }

    void again() {
        posting.again();
    }

    void gone(Post post) {
        posting.gone(post);
    }

    void next(Transfers now) {
        for (var post : posting.next())
            switch (post.what()) {
                case Post.Say(var state) ->
                    hand(post, List.of(new Content.FileState(id(), post.ref().file(), state)));
                case Post.Pieces() -> {
                    var file = now.sent().get(post.ref().file());
                    if (file == null) self.tell(new Happened.Dropped(post));
                    else read(post, file);
                }
            }
    }

    private void read(Post post, SentFile file) {
        self.whenDone(
                workbench.pieces(file),
                bytes -> new Happened.PiecesRead(post, bytes),
                failure -> new Happened.PiecesNotRead(
                        post, Workbench.isChange(failure) ? Optional.of(Workbench.why(failure)) : Optional.empty()));
    }

    void pieces(Post post, List<ByteString> bytes) {
        hand(post, pieces(post.ref().file(), bytes));
    }

    private void hand(Post post, List<? extends Content.OfFile> contents) {
        hand(
                post.ref().with(),
                List.copyOf(contents),
                post.as(),
                false,
                List.of(FileRows.posted(post)),
                outcome -> new Happened.Posted(post, outcome));
    }

    void ended(Post post, ContactCommand.Handing outcome) {
        switch (outcome) {
            case ContactCommand.Handed well -> posting.gone(post);
            case ContactCommand.NotHanded(var contact, var message, var why, var text) -> {
                if (passes(why, post)) {
                    later(post);
                    return;
                }
                self.tell(new Happened.Dropped(post));
                if (post.what() instanceof Post.Pieces)
                    self.tell(new FilesCommand.GaveUp(contact, post.ref().file(), text));
            }
        }
    }

    private static boolean passes(WhyNot why, Post post) {
        return switch (why) {
            case STORE_FAILED, OUTBOX_FULL -> true;
            case IDENTITY_NOT_ACCEPTED -> post.what() instanceof Post.Say;
            case BLOCKED, REVOKED, TOO_LONG, NOT_TEXT -> false;
        };
    }

    void later(Post post) {
        posting.putOff(post);
        self.tellAfter(Files.DISK_PAUSE, new Happened.PostAgain());
    }

    private List<Content.Piece> pieces(MessageId file, List<ByteString> bytes) {
        var pieces = new ArrayList<Content.Piece>();
        for (var some : bytes) pieces.add(new Content.Piece(id(), file, pieces.size(), some));
        return pieces;
    }

    private MessageId id() {
        return MessageId.random(around.random());
    }

    private void hand(
            UserName to,
            List<Content.OfFile> contents,
            Optional<IdentityKey> as,
            boolean befriends,
            List<Change> with,
            Function<ContactCommand.Handing, FilesCommand> ended) {
        var files = self.context().getSelf();
        ActorRef<ContactCommand.Handing> answer = self.context().spawnAnonymous(receiveMessage(outcome -> {
            files.tell(ended.apply(outcome));
            return Behaviors.stopped();
        }));
        around.owner()
                .tell(new FileEffect.ToContact(to, new ContactCommand.Hand(contents, as, befriends, with, answer)));
    }
}
