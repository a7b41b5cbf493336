package parley.peer.session;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.stream.javadsl.Sink;
import org.apache.pekko.stream.javadsl.Source;
import parley.messages.classic.Origin;
import parley.messages.classic.Reply;
import parley.messages.name.Address;
import parley.messages.name.GroupName;
import parley.messages.name.UserName;
import parley.peer.link.Delivery;
import parley.peer.talk.Party;

/**
 * To every other member of a group who is online. The registry gives their addresses without their names; the names are
 * asked for only where somebody was missed.
 */
record ToGroup(
        UserName me, GroupName group, Registry registry, Packing packing, Cipher cipher, ActorSystem<?> system)
        implements Carrier {
    /** Links of one parcel that are open at once. More would only share the same two wires. */
    private static final int AT_ONCE = 16;

    /** Names asked for at most; beyond, missed members are told by address. A group has 256 members. */
    private static final int NAMES_MAX = 64;

    private record Tried(Address address, Delivery delivery) {
        boolean missed() {
            return !(delivery instanceof Delivery.Delivered);
        }
    }

    @Override
    public CompletionStage<Parcel.Reached> carry(Parcel parcel) {
        return packing.pack(parcel, new Origin.Group(group), new Party.Group(group), cipher)
                .thenCompose(packed -> registry.whereAre(group, me).thenCompose(addresses -> sendAll(addresses, packed)))
                .thenCompose(this::reached);
    }

    private CompletionStage<List<Tried>> sendAll(List<Address> addresses, Packing.Packed packed) {
        return Source.from(addresses)
                .mapAsyncUnordered(AT_ONCE, address ->
                        packing.send(address, packed).thenApply(delivery -> new Tried(address, delivery)))
                .runWith(Sink.seq(), system);
    }

    private CompletionStage<Parcel.Reached> reached(List<Tried> tried) {
        int delivered = (int) tried.stream().filter(one -> !one.missed()).count();
        return missed(tried).thenApply(missed -> new Parcel.Reached(delivered, missed));
    }

    private CompletionStage<List<String>> missed(List<Tried> tried) {
        var unreached = tried.stream().filter(Tried::missed).map(Tried::address).toList();
        return registry.members()
                .thenCompose(groups -> {
                    var others = others(groups);
                    if (others.size() <= tried.size() && unreached.isEmpty()) {
                        return CompletableFuture.completedFuture(List.<String>of());
                    }
                    return whereabouts(others).thenApply(known -> names(known, unreached));
                })
                // The parcel is on its way already; not to know a name must not turn that into a failure.
                .exceptionally(unknown -> unreached.stream().map(Address::toString).toList());
    }

    private List<UserName> others(List<Reply.Members.Group> groups) {
        return groups.stream()
                .filter(listed -> listed.group().equals(group))
                .flatMap(listed -> listed.members().stream())
                .filter(member -> !member.equals(me))
                .limit(NAMES_MAX)
                .toList();
    }

    /** A member and where he is; nowhere if he is offline. */
    private record Whereabouts(UserName member, Optional<Address> address) {}

    private CompletionStage<List<Whereabouts>> whereabouts(List<UserName> members) {
        return Source.from(members)
                .mapAsync(AT_ONCE, member -> registry.whereIs(member)
                        .thenApply(address -> new Whereabouts(member, Optional.of(address)))
                        .exceptionally(offline -> new Whereabouts(member, Optional.empty())))
                .runWith(Sink.seq(), system);
    }

    private static List<String> names(List<Whereabouts> known, List<Address> unreached) {
        var missed = new TreeSet<String>();
        var nameless = new ArrayList<>(unreached);
        for (var one : known) {
            if (one.address().isEmpty() || unreached.contains(one.address().get())) missed.add(one.member().text());
            one.address().ifPresent(nameless::remove);
        }
        nameless.forEach(address -> missed.add(address.toString()));
        return List.copyOf(missed);
    }
}
