package parley.peer.contact;

import java.security.SecureRandom;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.apache.pekko.actor.testkit.typed.javadsl.TestInbox;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.util.ByteString;
import parley.messages.identity.IdentityKey;
import parley.messages.name.UserName;
import parley.messages.wire.Content;
import parley.messages.wire.EnvelopeCodec;
import parley.messages.wire.MessageId;
import parley.peer.cipher.identity.SigningKey;
import parley.peer.cipher.primitive.SeededRandom;
import parley.peer.store.Change;
import parley.peer.store.Disk;
import parley.peer.store.HistoryLine;
import parley.peer.store.OwnKeys;
import parley.peer.store.Store;

/**
 * Somebody with a disk and a correspondence with each of the others, as {@link ContactCipher} drives it: steps in
 * memory, commits when the test says so, effects after their commit.
 */
final class Side {
    final UserName name;
    final SigningKey recovery;
    final List<News> news = new ArrayList<>();
    /** To be sent: the last bytes of each id. */
    final Map<UserName, Map<MessageId, Effect.Transmit>> outgoing = new HashMap<>();

    final List<ByteString> everSent = new ArrayList<>();
    final List<Effect.ForGroup> forGroups = new ArrayList<>();
    final List<Effect> forFiles = new ArrayList<>();
    final Wanted wanted = new Wanted();
    final Set<MessageId> wantedFiles = new HashSet<>();
    private final WantedFiles files = (contact, file) -> wantedFiles.contains(file);
    final Deque<Effect> answers = new ArrayDeque<>();
    /** Answers the registry's questions at once. */
    boolean registryAnswers = true;

    long nowMillis = 1_800_000_000_000L;
    Disk disk;
    OwnKeys keys;
    private final Town town;
    private final SecureRandom random;
    private final Allowance allowance;
    private final Map<UserName, Correspondence> contacts = new HashMap<>();
    private final Map<UserName, List<ContactCommand.Open>> held = new HashMap<>();
    private final Set<ByteString> openedInMemory = new HashSet<>();

    private record Uncommitted(List<Change> changes, List<Effect> effects) {}

    private final List<Uncommitted> ahead = new ArrayList<>();

    Side(String name, long seed, Disk disk, Town town) {
        this(name, seed, disk, town, Allowance.create());
    }

    Side(String name, long seed, Disk disk, Town town, Allowance allowance) {
        this.name = new UserName(name);
        this.disk = disk;
        this.town = town;
        this.allowance = allowance;
        random = new SeededRandom(seed);
        var born = OwnKeys.create(Town.REGISTRY, this.name, SigningKey.create(random), nowMillis, random);
        keys = born.keys();
        recovery = born.recovery();
        disk.commit(List.of(born.changes()));
        town.publish(keys.chain());
    }

    void publishPairs(int count) {
        var batch = keys.batch(count, nowMillis, random);
        disk.commit(List.of(keys.add(batch)));
        town.publish(name, batch.published());
    }

    Moment moment() {
        return new Moment(keys, random, nowMillis, allowance, wanted, files);
    }

    Correspondence with(UserName other) {
        return contacts.computeIfAbsent(other, Correspondence::with);
    }

    ContactStatus status(Side other) {
        return with(other.name).status();
    }

    // What the user does.

    MessageId writes(Side to, String text) {
        return switch (with(to.name).written(text, moment())) {
            case Writing.Wrote(var step, var id) -> {
                take(to.name, step);
                yield id;
            }
            case Writing.Refused(var why) -> throw new AssertionError("not written: " + why);
        };
    }

    ContactCommand.NotWritten cannotWrite(Side to) {
        return switch (with(to.name).written("never", moment())) {
            case Writing.Wrote wrote -> throw new AssertionError("written");
            case Writing.Refused(var why) -> why;
        };
    }

    /** As a member of a group, under the identity that he has. */
    void says(Side to, Content.InGroup content) {
        says(to, content, to.keys.chain().identity(), List.of());
    }

    void says(Side to, Content.InGroup content, IdentityKey as, List<Change> with) {
        switch (with(to.name).enqueued(content, as, with, moment())) {
            case ToMember.Took(var step) -> take(to.name, step);
            case ToMember.Refused(var why) -> throw new AssertionError("not enqueued: " + why);
        }
    }

    ContactCommand.NotEnqueued cannotSay(Side to, Content.InGroup content) {
        return switch (with(to.name).enqueued(content, to.keys.chain().identity(), List.of(), moment())) {
            case ToMember.Took took -> throw new AssertionError("enqueued");
            case ToMember.Refused(var why) -> why;
        };
    }

    /** Of a file, to whomever he is. */
    void hands(Side to, Content.OfFile... contents) {
        switch (with(to.name).handed(hand(List.of(), contents), moment())) {
            case ToContact.Took(var step) -> take(to.name, step);
            case ToContact.Refused(var why) -> throw new AssertionError("not handed over: " + why);
        }
    }

    ContactCommand.NotHanded cannotHand(Side to, Content.OfFile... contents) {
        return switch (with(to.name).handed(hand(List.of(), contents), moment())) {
            case ToContact.Took took -> throw new AssertionError("handed over");
            case ToContact.Refused(var why) -> why;
        };
    }

    private static ContactCommand.Hand hand(List<Change> with, Content.OfFile... contents) {
        return new ContactCommand.Hand(List.of(contents), Optional.empty(), true, with, nobody());
    }

    /** The steps are looked at here, not their answers. */
    private static ActorRef<ContactCommand.Handing> nobody() {
        return TestInbox.<ContactCommand.Handing>create().getRef();
    }

    void accepts(Side other) {
        take(other.name, with(other.name).accepted(moment()));
    }

    void blocks(Side other) {
        take(other.name, with(other.name).blocked(moment()));
    }

    void acceptsIdentityOf(Side other) {
        take(other.name, with(other.name).identityAccepted(moment()));
    }

    void reads(Side other, boolean receipts) {
        take(other.name, with(other.name).read(receipts, moment()));
    }

    /** As the timers do. */
    void tells(Side other) {
        take(other.name, with(other.name).told(true, moment()));
    }

    void seesChainOf(Side other) {
        take(other.name, with(other.name).chainSeen(town.chain(other.name).orElseThrow(), moment()));
        releaseHeld(other.name);
    }

    void asksAgain(UserName other) {
        var contact = with(other);
        if (contact.wantsBundle()) take(other, contact.askedAgain(moment()));
    }

    void take(UserName other, Step step) {
        contacts.put(other, step.next());
        if (!step.changes().isEmpty() || !step.effects().isEmpty())
            ahead.add(new Uncommitted(step.changes(), step.effects()));
    }

    // What the network brings.

    void opens(UserName from, ByteString envelope, Path path) {
        opens(from, new ContactCommand.Open(EnvelopeCodec.decode(envelope), path), false);
    }

    private void opens(UserName from, ContactCommand.Open open, boolean chainIsFresh) {
        var id = open.envelope().id();
        var seen = Seen.look(disk.tables(), from, id);
        if (seen.isEmpty() && openedInMemory.contains(Places.of(from, id))) seen = Optional.of(Seen.TEXT);
        switch (with(from).opened(open.envelope(), open.path(), seen, chainIsFresh, moment())) {
            case Opening.Done(var step, var opened) -> {
                opened.ifPresent(kind -> openedInMemory.add(Places.of(from, id)));
                take(from, step);
            }
            case Opening.AwaitsChain waits -> {
                held.computeIfAbsent(from, none -> new ArrayList<>()).add(open);
                ahead.add(new Uncommitted(List.of(), List.of(new Effect.NeedChain(from))));
            }
        }
    }

    private void releaseHeld(UserName from) {
        var waiting = held.remove(from);
        if (waiting != null) waiting.forEach(open -> opens(from, open, true));
    }

    // The disk.

    boolean isAhead() {
        return !ahead.isEmpty();
    }

    /** The oldest {@code count} steps become one group, and their effects are had. */
    void syncs(int count) {
        var group = List.copyOf(ahead.subList(0, Math.min(count, ahead.size())));
        ahead.subList(0, group.size()).clear();
        if (group.isEmpty()) return;
        var done = disk.commit(group.stream().map(Uncommitted::changes).toList());
        for (int i = 0; i < group.size(); i++) {
            var committed = done.get(i);
            group.get(i).effects.forEach(effect -> had(effect, committed));
        }
    }

    void syncs() {
        while (isAhead()) syncs(Integer.MAX_VALUE);
    }

    /** The oldest {@code count} steps get to the disk, nothing follows from them, and memory is gone. */
    void crashes(int count) {
        var group = List.copyOf(ahead.subList(0, Math.min(count, ahead.size())));
        if (!group.isEmpty())
            disk.commit(group.stream().map(Uncommitted::changes).toList());
        restarts();
    }

    void restarts() {
        ahead.clear();
        held.clear();
        openedInMemory.clear();
        outgoing.clear();
        answers.clear();
        contacts.values().forEach(contact -> contact.give(allowance));
        var known = Set.copyOf(contacts.keySet());
        contacts.clear();
        disk.reopen();
        keys = OwnKeys.read(Town.REGISTRY, name, disk.tables()).orElseThrow();
        for (var other : known) {
            var read = Correspondence.read(other, Town.REGISTRY, disk.tables());
            read.owe(allowance);
            contacts.put(other, read);
            take(other, read.resumed(moment()));
        }
    }

    /** The disk becomes {@code older}, and the program starts on it. */
    void restores(Disk older) {
        disk = older;
        restarts();
    }

    private void had(Effect effect, Store.Committed done) {
        switch (effect) {
            case Effect.Transmit transmit -> {
                outgoing.computeIfAbsent(transmit.contact(), none -> new LinkedHashMap<>())
                        .put(transmit.id(), transmit);
                everSent.add(transmit.envelope());
            }
            case Effect.Withdraw(var other, var id) ->
                outgoing.getOrDefault(other, new HashMap<>()).remove(id);
            case Effect.NeedBundle(var other) -> {
                if (!registryAnswers) take(other, with(other).noBundle(false, "away", moment()));
                else if (town.chain(other).isEmpty()) take(other, with(other).noBundle(true, "no account", moment()));
                else take(other, with(other).bundle(town.chain(other).get(), town.pair(other), moment()));
                releaseHeld(other);
            }
            case Effect.NeedChain(var other) -> {
                take(other, with(other).chainSeen(town.chain(other).orElseThrow(), moment()));
                releaseHeld(other);
            }
            case Effect.Acknowledge answer -> answers.add(answer);
            case Effect.Refuse answer -> answers.add(answer);
            case Effect.Leave left -> {}
            case Effect.CollectAgain again -> {}
            case Effect.Known known -> {}
            case Effect.ForGroup said -> forGroups.add(said);
            case Effect.ForFiles said -> forFiles.add(said);
            case Effect.FileInMailbox there -> forFiles.add(there);
            case Effect.GaveUpFile gaveUp -> forFiles.add(gaveUp);
            case News.Reached reached -> Commits.told(reached, done).ifPresent(shown -> news.add((News.Reached) shown));
            case News shown -> news.add(shown);
        }
    }

    // What a test asks.

    /** What is to be sent to {@code other}. */
    Map<MessageId, Effect.Transmit> to(UserName other) {
        return outgoing.computeIfAbsent(other, none -> new LinkedHashMap<>());
    }

    ByteString bytes(UserName other, MessageId id) {
        return Objects.requireNonNull(to(other).get(id)).envelope();
    }

    List<String> read(Side from) {
        return disk.history().stream()
                .map(HistoryLine::entry)
                .filter(entry -> !entry.ours() && entry.contact().equals(from.name))
                .map(entry -> entry.text())
                .toList();
    }

    List<String> written(Side to) {
        return disk.history().stream()
                .map(HistoryLine::entry)
                .filter(entry -> entry.ours() && entry.contact().equals(to.name))
                .map(entry -> entry.text())
                .toList();
    }

    <T extends News> List<T> news(Class<T> kind) {
        return news.stream().filter(kind::isInstance).map(kind::cast).toList();
    }

    /** The stages that a text has come through, as they were shown. */
    List<News.Stage> stages(MessageId id) {
        return news(News.Reached.class).stream()
                .filter(reached -> reached.id().equals(id))
                .map(News.Reached::stage)
                .toList();
    }

    @Override
    public String toString() {
        return name.toString();
    }
}
