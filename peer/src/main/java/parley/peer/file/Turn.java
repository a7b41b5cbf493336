package parley.peer.file;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import parley.messages.identity.IdentityKey;
import parley.messages.wire.Content.FileState.State;
import parley.messages.wire.MessageId;
import parley.peer.store.Change;
import parley.peer.store.Reach;
import parley.peer.talk.Happening;

/** One step while it is being thought through. Mutable, and never leaves the method that made it. */
final class Turn {
    private final Map<MessageId, SentFile> sent;
    private final Map<Ref, Receiver> receivers;
    private final Map<Ref, CameFile> came;
    private final List<Change> changes = new ArrayList<>();
    private final List<Post> posts = new ArrayList<>();
    private final List<FileEffect> effects = new ArrayList<>();

    Turn(Transfers before) {
        this.sent = new LinkedHashMap<>(before.sent());
        this.receivers = new HashMap<>(before.receivers());
        this.came = new LinkedHashMap<>(before.came());
    }

    void put(SentFile file) {
        sent.put(file.id(), file);
        changes.add(FileRows.put(file));
    }

    void put(Ref ref, Receiver receiver) {
        receivers.put(ref, receiver);
        changes.add(FileRows.put(ref, receiver));
    }

    void put(CameFile file) {
        came.put(file.ref(), file);
        changes.add(FileRows.put(file));
    }

    /** What is in the vault already. */
    void found(SentFile file, Map<Ref, Receiver> to) {
        sent.put(file.id(), file);
        receivers.putAll(to);
    }

    /** The last of its receivers takes the file along. */
    void over(SentFile file, Ref ref, Reach reach) {
        change(FileHistory.reached(ref, reach));
        receivers.remove(ref);
        changes.add(FileRows.deleteReceiver(ref));
        boolean wanted =
                receivers.keySet().stream().anyMatch(other -> other.file().equals(file.id()));
        if (wanted) {
            put(file);
        } else {
            sent.remove(file.id());
            changes.add(FileRows.delete(file.id()));
        }
    }

    void over(CameFile file) {
        came.remove(file.ref());
        changes.add(FileRows.deleteCame(file.ref()));
        file.pieces().forEach(index -> changes.add(FileRows.deletePiece(file.ref(), index)));
    }

    void say(Ref ref, Optional<IdentityKey> as, State state) {
        post(Post.say(ref, as, state));
    }

    void post(Post post) {
        posts.add(post);
        changes.add(FileRows.put(post));
    }

    void change(Change change) {
        changes.add(change);
    }

    void follows(FileEffect effect) {
        effects.add(effect);
    }

    void tell(Happening happening) {
        effects.add(new FileEffect.Tell(happening));
    }

    Step done() {
        return new Step(new Transfers(sent, receivers, came), changes, posts, effects);
    }
}
