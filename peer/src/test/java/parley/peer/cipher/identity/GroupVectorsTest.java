package parley.peer.cipher.identity;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import org.apache.pekko.util.ByteString;
import org.junit.jupiter.api.Test;
import parley.messages.group.Deed;
import parley.messages.group.EntryCodec;
import parley.messages.group.EntryDraft;
import parley.messages.group.GroupEntry;
import parley.messages.group.GroupLog;
import parley.messages.group.GroupMember;
import parley.messages.group.Policy;
import parley.messages.group.Taking;
import parley.messages.identity.RegistryId;
import parley.messages.name.GroupName;
import parley.messages.name.UserName;
import parley.peer.cipher.primitive.DocsVectors;
import parley.peer.cipher.primitive.DocsVectors.Vector;
import parley.peer.cipher.primitive.SeededRandom;

/** docs/vectors/group-log.json: one log with an entry of each kind. */
class GroupVectorsTest {
    private static final RegistryId REGISTRY =
            new RegistryId(ByteString.fromArray(HexFormat.of().parseHex("000102030405060708090a0b0c0d0e0f")));
    private static final GroupName TEAM = new GroupName("team");
    private static final UserName ALICE = new UserName("alice");
    private static final UserName BOB = new UserName("bob");
    private static final UserName CAROL = new UserName("carol");
    private static final long TIME = 1_800_000_000_000L;

    private final SeededRandom random = new SeededRandom(12);
    private final SigningKey alice = SigningKey.create(random);
    private final SigningKey bob = SigningKey.create(random);
    private final SigningKey carol = SigningKey.create(random);
    private final List<Vector> made = new ArrayList<>();

    @Test
    void everyEntryIsTheOneInTheDocs() {
        var salt = ByteString.fromString("sixteen of these");
        var first = alice.sign(
                EntryDraft.first(ALICE, alice.key(), new Deed.Create(TEAM, Policy.OPEN, salt), TIME), REGISTRY);
        var log = taken(GroupLog.begin(REGISTRY, TEAM, first), alice);
        log = next(log, BOB, bob, new Deed.Join());
        log = next(log, BOB, bob, new Deed.Add(CAROL, carol.key()));
        log = next(log, ALICE, alice, new Deed.Admin(BOB, true));
        log = next(log, BOB, bob, new Deed.Become(Policy.CLOSED));
        log = next(log, BOB, bob, new Deed.Remove(CAROL));
        log = next(log, ALICE, alice, new Deed.Admin(BOB, false));
        log = next(log, ALICE, alice, new Deed.Leave());
        assertThat(log.members()).containsExactly(new GroupMember(BOB, bob.key(), true));
        DocsVectors.check("group-log.json", made);
    }

    @Test
    void theLogInTheDocsIsTakenIn() {
        var entries = DocsVectors.read("group-log.json").stream()
                .map(vector -> EntryCodec.decode(hex(vector.getOrDefault("entry", ""))))
                .toList();
        var log = longer(
                longer(GroupLog.begin(REGISTRY, TEAM, entries.getFirst())).append(entries.subList(1, entries.size())));
        var vectors = DocsVectors.read("group-log.json");
        assertThat(log.head()).isEqualTo(hex(vectors.getLast().getOrDefault("hash", "")));
        assertThat(log.id()).isEqualTo(hex(vectors.getFirst().getOrDefault("hash", "")));
        assertThat(log.members()).extracting(GroupMember::name).containsExactly(BOB);
    }

    private GroupLog next(GroupLog log, UserName author, SigningKey signer, Deed deed) {
        var entry = signer.sign(log.draft(author, signer.key(), deed, TIME + 1_000L * log.size()), REGISTRY);
        return taken(log.append(entry), signer);
    }

    private GroupLog taken(Taking answer, SigningKey signer) {
        var log = longer(answer);
        GroupEntry entry = log.entries().getLast();
        made.add(new Vector()
                .put("kind", kind(entry.deed()))
                .put("registry", REGISTRY.bytes())
                .put("signerPrivate", signer.secret())
                .put("signed", entry.draft().signed(REGISTRY))
                .put("entry", EntryCodec.encode(entry))
                .put("hash", log.head()));
        return log;
    }

    private static String kind(Deed deed) {
        return deed instanceof Deed.Become
                ? "policy"
                : deed.getClass().getSimpleName().toLowerCase(Locale.ROOT);
    }

    private static GroupLog longer(Taking answer) {
        return switch (answer) {
            case Taking.Longer(var log) -> log;
            case Taking.Refused(var why) -> throw new AssertionError("refused: " + why);
        };
    }

    private static ByteString hex(String digits) {
        return ByteString.fromArray(HexFormat.of().parseHex(digits));
    }
}
