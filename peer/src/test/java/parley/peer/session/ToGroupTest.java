package parley.peer.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import parley.messages.classic.Reply;
import parley.messages.classic.Request;
import parley.messages.name.Address;
import parley.messages.name.UserName;
import parley.peer.cipher.GroupCipher;
import parley.peer.cipher.OwnKeyPair;
import parley.peer.lookup.Lookup;

/** A group of real listeners, and an actor that plays the registry. */
class ToGroupTest {
    static final ActorTestKit kit = ActorTestKit.create();
    static final OwnKeyPair KEYS = OwnKeyPair.create(new SecureRandom());
    static final Parcel HI = new Parcel.Text("hi");

    /** Members other than us; without an address who is offline. */
    final Map<UserName, Optional<Address>> members = new LinkedHashMap<>();
    /** What the registry answers for the group's addresses, if not all that are online. */
    List<Address> addresses = List.of();

    final List<Contact> contacts = new ArrayList<>();

    @AfterAll
    static void close() {
        kit.shutdownTestKit();
    }

    @AfterEach
    void unlisten() {
        contacts.forEach(Contact::unlisten);
    }

    private Contact member(String name) {
        var contact = new Contact(kit);
        contacts.add(contact);
        members.put(new UserName(name), Optional.of(contact.address()));
        addresses = members.values().stream().flatMap(Optional::stream).toList();
        return contact;
    }

    private void offline(String name) {
        members.put(new UserName(name), Optional.empty());
    }

    /** A member who is said to be where nobody listens. */
    private Address vanished(String name) {
        var contact = member(name);
        contact.unlisten();
        contacts.remove(contact);
        return contact.address();
    }

    @Test
    void whoIsReachedIsCounted() throws Exception {
        var bob = member("bob");
        var carol = member("carol");
        assertThat(sent()).isEqualTo(new Parcel.Reached(2, List.of()));
        assertThat(bob.next()).isEqualTo("hi");
        assertThat(carol.next()).isEqualTo("hi");
    }

    @Test
    void whoIsOfflineIsMissedByName() throws Exception {
        member("bob");
        offline("carol");
        offline("dave");
        assertThat(sent()).isEqualTo(new Parcel.Reached(1, List.of("carol", "dave")));
    }

    @Test
    void whoIsNotWhereTheRegistrySaysIsMissedByName() throws Exception {
        member("bob");
        vanished("carol");
        assertThat(sent()).isEqualTo(new Parcel.Reached(1, List.of("carol")));
    }

    /** The registry's reply has room for some fifty addresses. */
    @Test
    void whomTheRegistrysReplyHadNoRoomForIsSentToAllTheSame() throws Exception {
        var bob = member("bob");
        var onlyBob = addresses;
        var carol = member("carol");
        addresses = onlyBob;
        assertThat(sent()).isEqualTo(new Parcel.Reached(2, List.of()));
        assertThat(bob.next()).isEqualTo("hi");
        assertThat(carol.next()).isEqualTo("hi");
    }

    @Test
    void whoMovedInTheMeantimeIsSentToWhereHeIsAndNotMissed() throws Exception {
        member("bob");
        var old = vanished("carol");
        var bobAndOld = addresses;
        assertThat(bobAndOld).contains(old);
        var carol = member("carol");
        addresses = bobAndOld;
        assertThat(sent()).isEqualTo(new Parcel.Reached(2, List.of()));
        assertThat(carol.next()).isEqualTo("hi");
    }

    @Test
    void withoutNamesWhoIsMissedIsToldByAddress() throws Exception {
        member("bob");
        var gone = vanished("carol");
        var lookup = new PlayedLookup(
                kit,
                request -> request instanceof Request.WhereAre
                        ? new Lookup.Answered(reply(request))
                        : new Lookup.Unreachable("The registry is away"));
        assertThat(sent(lookup)).isEqualTo(new Parcel.Reached(1, List.of(gone.toString())));
    }

    @Test
    void theRegistryGoingAwayWhileNamesAreAskedForMissesNobodyWhoWasReached() throws Exception {
        member("bob");
        var gone = vanished("carol");
        offline("dave");
        var lookup = new PlayedLookup(
                kit,
                request -> request instanceof Request.WhereIs
                        ? new Lookup.Unreachable("The registry is away")
                        : new Lookup.Answered(reply(request)));
        assertThat(sent(lookup)).isEqualTo(new Parcel.Reached(1, List.of(gone.toString())));
    }

    @Test
    void whoIsAloneOrNoMemberIsTold() {
        var lookup = PlayedLookup.replying(kit, request -> new Reply.Refused("Nobody else in group team is online"));
        assertThat(carry(lookup).toCompletableFuture())
                .failsWithin(5, TimeUnit.SECONDS)
                .withThrowableThat()
                .havingRootCause()
                .withMessage("Nobody else in group team is online");
    }

    /** Whatever the registry knows and forgets, each member is either reached or missed. */
    @Test
    void eachMemberIsReachedOrMissed() throws Exception {
        long seed = System.nanoTime();
        var random = new SplittableRandom(seed);
        for (int round = 0; round < 10; round++) {
            unlisten();
            contacts.clear();
            members.clear();
            var expectedMissed = new TreeSet<String>();
            member("always");
            for (int i = 0; i < 6; i++) {
                var name = "m" + i;
                switch (random.nextInt(3)) {
                    case 0 -> member(name);
                    case 1 -> vanished(name);
                    default -> offline(name);
                }
                if (contacts.stream()
                        .noneMatch(contact -> Optional.of(contact.address()).equals(members.get(new UserName(name))))) {
                    expectedMissed.add(name);
                }
            }
            addresses = addresses.stream().filter(any -> random.nextInt(4) > 0).toList();
            if (addresses.isEmpty()) addresses = List.of(contacts.getFirst().address());
            assertThat(sent())
                    .as("seed %d, round %d", seed, round)
                    .isEqualTo(new Parcel.Reached(contacts.size(), List.copyOf(expectedMissed)));
        }
    }

    private Parcel.Reached sent() throws Exception {
        return sent(PlayedLookup.replying(kit, this::reply));
    }

    private Parcel.Reached sent(PlayedLookup lookup) throws Exception {
        return carry(lookup).toCompletableFuture().get(20, TimeUnit.SECONDS);
    }

    private CompletionStage<Parcel.Reached> carry(PlayedLookup lookup) {
        var group = kit.spawn(
                GroupCipher.create(() -> CompletableFuture.completedFuture(new GroupCipher.Granted(CiphersTest.KEY))));
        var cipher = new Cipher.OfGroup(group, kit.system().scheduler(), () -> {});
        var packing = Fixtures.packing(kit, KEYS.publicValue(), new Shown());
        return new ToGroup(Fixtures.ALICE, Fixtures.TEAM, lookup.registry, packing, cipher, kit.system()).carry(HI);
    }

    private Reply reply(Request request) {
        return switch (request) {
            case Request.WhereAre whereAre -> new Reply.Peers(addresses);
            case Request.Members all -> {
                var names = new ArrayList<>(members.keySet());
                names.add(Fixtures.ALICE);
                yield new Reply.Members(List.of(
                        new Reply.Members.Group(Fixtures.LAB, List.of(Fixtures.ALICE, new UserName("zoe"))),
                        new Reply.Members.Group(Fixtures.TEAM, names)));
            }
            case Request.WhereIs(var user) ->
                members.getOrDefault(user, Optional.empty())
                        .<Reply>map(Reply.At::new)
                        .orElseGet(() -> new Reply.Refused("User %s is not online".formatted(user)));
            default -> throw new AssertionError(request);
        };
    }
}
