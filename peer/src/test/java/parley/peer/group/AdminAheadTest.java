package parley.peer.group;

import static org.assertj.core.api.Assertions.assertThat;

import org.apache.pekko.util.ByteString;
import org.junit.jupiter.api.Test;
import parley.messages.group.Deed;
import parley.messages.group.GroupLog;
import parley.messages.group.Policy;
import parley.messages.wire.MessageId;

/** Nothing is written to who may have been removed: an admin knows more of the log than the registry shows. */
class AdminAheadTest {
    private final Person alice = new Person("alice", 1);
    private final Person bob = new Person("bob", 2);
    private final Person carol = new Person("carol", 3);
    private final GroupLog three = alice.adds(carol, alice.adds(bob, alice.founds(Policy.INVITE)));
    private final GroupLog without = alice.does(new Deed.Remove(carol.name), three);
    private final Circle bobs = Circle.begin(three, bob.now()).next();

    @Test
    void nothingIsWrittenOnceTheRegistryWasAskedUntilItShowsTheRest() {
        var came = bobs.came(alice.news(without), bob.now()).next();
        assertThat(writes(came)).as("not asked yet").isInstanceOf(Speaking.Took.class);
        var hidden = came.complete(bob.now()).next();
        assertThat(writes(hidden))
                .isEqualTo(
                        new Speaking.Refused("The registry shows you less of team than alice, an admin of it, knows: "
                                + "whoever was removed would still get what you write"));
        var shown = hidden.grown(without, bob.now()).next();
        assertThat(writes(shown))
                .isInstanceOfSatisfying(
                        Speaking.Took.class, took -> assertThat(took.members()).isEqualTo(1));
    }

    @Test
    void whoIsNoAdminStopsNobodyByNamingWhatThereIsNot() {
        var left = carol.does(new Deed.Leave(), three);
        var hidden = bobs.came(carol.says("bye", left), bob.now())
                .next()
                .complete(bob.now())
                .next();
        assertThat(writes(hidden)).isInstanceOf(Speaking.Took.class);
        var twin = new Person("alice", 4);
        var forged = bobs.came(twin.says("stop", Person.place(without), 1), bob.now());
        assertThat(writes(forged.next().complete(bob.now()).next())).isInstanceOf(Speaking.Took.class);
    }

    @Test
    void whatComesBeforeTheLogIsHereIsSaidToHaveCome() {
        var known = new KnownGroups();
        assertThat(known.saysReceipts(three.id())).isTrue();
        known.put(three.id(), KnownGroups.RECEIPTS_MEMBERS_MAX + 1);
        assertThat(known.saysReceipts(three.id())).isFalse();
        assertThat(known.wants(ByteString.fromString("another"))).isFalse();
    }

    private Speaking.Answer writes(Circle circle) {
        return circle.wrote("hello", MessageId.random(bob.random), bob.now());
    }
}
