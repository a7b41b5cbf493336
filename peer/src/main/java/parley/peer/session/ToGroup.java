package parley.peer.session;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletionStage;
import java.util.stream.Collectors;
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
 * To every other member of a group who is online. The registry gives their addresses without their names, and of a big
 * group not all of them: its reply has no room. So where there are more members than were reached, each is looked for by
 * name; who is online after all is sent to, and who is not is missed.
 */
record ToGroup(UserName me, GroupName group, Registry registry, Packing packing, Cipher cipher, ActorSystem<?> system)
        implements Carrier {
    /** Links of one parcel that are open at once. More would only share the same two wires. */
    private static final int AT_ONCE = 16;

    private record Tried(Address address, Delivery delivery) {
        boolean reached() {
            return delivery instanceof Delivery.Delivered;
        }
    }

    /** A member and where he is; nowhere if he is offline. */
    private record Whereabouts(UserName member, Optional<Address> address) {}

    @Override
    public CompletionStage<Parcel.Reached> carry(Parcel parcel) {
        return packing.pack(parcel, new Origin.Group(group), new Party.Group(group), cipher)
                .thenCompose(packed -> registry.whereAre(group, me)
                        .thenCompose(addresses -> sendAll(addresses, packed))
                        .thenCompose(tried -> others(tried, packed)));
    }

    private CompletionStage<List<Tried>> sendAll(List<Address> addresses, Packing.Packed packed) {
        return Source.from(addresses.stream().distinct().toList())
                .mapAsyncUnordered(
                        AT_ONCE,
                        address -> packing.send(address, packed).thenApply(delivery -> new Tried(address, delivery)))
                .runWith(Sink.seq(), system);
    }

    /** The members that have not been reached: sends to those who were left out, and names those who are missed. */
    private CompletionStage<Parcel.Reached> others(List<Tried> tried, Packing.Packed packed) {
        return registry.members()
                .thenCompose(groups -> whereabouts(members(groups), reached(tried)))
                // The parcel is there already; not to know a name must not turn that into a failure.
                .exceptionally(unknown -> List.of())
                .thenCompose(known -> sendAll(leftOut(known, tried), packed).thenApply(more -> {
                    var all = new ArrayList<>(tried);
                    all.addAll(more);
                    return summary(all, known, tried.size());
                }));
    }

    private List<UserName> members(List<Reply.Members.Group> groups) {
        return groups.stream()
                .filter(listed -> listed.group().equals(group))
                .flatMap(listed -> listed.members().stream())
                .filter(member -> !member.equals(me))
                .toList();
    }

    /** Of nobody, if as many were reached as there are. */
    private CompletionStage<List<Whereabouts>> whereabouts(List<UserName> members, Set<Address> reached) {
        return Source.from(members.size() <= reached.size() ? List.<UserName>of() : members)
                .mapAsync(
                        AT_ONCE, member -> registry.find(member).thenApply(address -> new Whereabouts(member, address)))
                .runWith(Sink.seq(), system);
    }

    private static List<Address> leftOut(List<Whereabouts> known, List<Tried> tried) {
        var addresses = tried.stream().map(Tried::address).collect(Collectors.toSet());
        return known.stream()
                .flatMap(one -> one.address().stream())
                .filter(address -> !addresses.contains(address))
                .toList();
    }

    /** @param listed how many addresses the registry had given */
    private static Parcel.Reached summary(List<Tried> tried, List<Whereabouts> known, int listed) {
        var reached = reached(tried);
        var missed = new TreeSet<String>();
        for (var one : known) {
            if (one.address().filter(reached::contains).isEmpty())
                missed.add(one.member().text());
        }
        // An address without a name is somebody's only while more were listed than are accounted for: a member who
        // moved
        // in the meantime is not missed as well.
        for (var one : tried) {
            var named = known.stream().anyMatch(member -> member.address().equals(Optional.of(one.address())));
            if (!one.reached() && !named && reached.size() + missed.size() < listed) {
                missed.add(one.address().toString());
            }
        }
        return new Parcel.Reached(reached.size(), List.copyOf(missed));
    }

    private static Set<Address> reached(List<Tried> tried) {
        return tried.stream().filter(Tried::reached).map(Tried::address).collect(Collectors.toSet());
    }
}
