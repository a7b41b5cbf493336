package parley.peer.group;

import java.security.SecureRandom;
import java.util.List;
import java.util.Optional;
import org.apache.pekko.util.ByteString;
import parley.messages.group.Deed;
import parley.messages.group.EntryDraft;
import parley.messages.group.GroupLog;
import parley.messages.group.Policy;
import parley.messages.group.Taking;
import parley.messages.identity.IdentityKey;
import parley.messages.identity.RegistryId;
import parley.messages.name.GroupName;
import parley.messages.name.UserName;
import parley.messages.wire.Content;
import parley.messages.wire.FileOffer;
import parley.messages.wire.MessageId;
import parley.messages.wire.Place;
import parley.peer.cipher.identity.SigningKey;
import parley.peer.cipher.primitive.SeededRandom;
import parley.peer.contact.Effect;
import parley.peer.store.Change;
import parley.peer.store.OwnKeys;

/** Somebody with keys, who writes entries and texts. */
final class Person {
    static final RegistryId REGISTRY = new RegistryId(ByteString.fromArray(new byte[RegistryId.BYTES]));
    static final GroupName TEAM = new GroupName("team");
    static final long NOW = 1_800_000_000_000L;

    final UserName name;
    final OwnKeys keys;
    final List<Change> born;
    final SecureRandom random;
    private long counter = 1;

    Person(String name, long seed) {
        this.name = new UserName(name);
        random = new SeededRandom(seed);
        var account = OwnKeys.create(REGISTRY, this.name, SigningKey.create(random), NOW, random);
        keys = account.keys();
        born = account.changes();
    }

    IdentityKey identity() {
        return keys.chain().identity();
    }

    Moment at(long nowMillis) {
        return new Moment(keys, random, nowMillis, true);
    }

    Moment now() {
        return at(NOW);
    }

    GroupLog founds(Policy policy) {
        var salt = new byte[Deed.Create.SALT_BYTES];
        random.nextBytes(salt);
        var deed = new Deed.Create(TEAM, policy, ByteString.fromArray(salt));
        return longer(GroupLog.begin(REGISTRY, TEAM, keys.signed(EntryDraft.first(name, identity(), deed, NOW))));
    }

    GroupLog does(Deed deed, GroupLog log) {
        return longer(log.append(keys.signed(log.draft(name, identity(), deed, NOW))));
    }

    GroupLog adds(Person who, GroupLog log) {
        return does(new Deed.Add(who.name, who.identity()), log);
    }

    static GroupLog longer(Taking taking) {
        if (taking instanceof Taking.Longer(var log)) return log;
        throw new AssertionError(taking);
    }

    static Place place(GroupLog log) {
        return new Place(log.name(), log.id(), log.sequence(), log.head());
    }

    Effect.ForGroup says(String text, GroupLog log) {
        return says(text, place(log), counter++);
    }

    Effect.ForGroup says(String text, Place place, long count) {
        return heard(
                new Content.GroupText(MessageId.random(random), place, count, Content.Text.NO_PREVIOUS, NOW, text));
    }

    Effect.ForGroup news(GroupLog log) {
        return heard(new Content.GroupNews(MessageId.random(random), place(log)));
    }

    Effect.ForGroup offers(GroupLog log) {
        return heard(new Content.GroupFile(MessageId.random(random), place(log), offer()));
    }

    FileOffer offer() {
        return new FileOffer(NOW, false, 1 << 20, ByteString.fromArray(new byte[FileOffer.KEY_BYTES]), "plan.pdf");
    }

    Effect.ForGroup heard(Content.InGroup content) {
        return new Effect.ForGroup(name, identity(), content);
    }

    /** The texts that a step puts into the history. */
    static List<String> shown(Step step) {
        return step.changes().stream()
                .flatMap(change -> change instanceof Change.Append(var entry)
                        ? Optional.of(entry.text()).stream()
                        : Optional.<String>empty().stream())
                .toList();
    }
}
