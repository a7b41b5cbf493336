package parley.peer.session;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import parley.peer.talk.Answer;
import parley.peer.talk.Happening;
import parley.peer.talk.Party;

/**
 * One command's parcel, on its way to one user or to several groups.
 *
 * @param open how many of {@code to} have not been settled
 */
record Shipment(String verb, List<Party> to, int open, Parcel.Reached reached, List<String> failures) {
    static Shipment of(String verb, List<Party> to) {
        return new Shipment(verb, to, to.size(), new Parcel.Reached(0, List.of()), List.of());
    }

    Shipment with(Courier.Outcome outcome) {
        return switch (outcome) {
            case Courier.Carried(var id, var more) -> new Shipment(verb, to, open - 1, reached.and(more), failures);
            case Courier.Failed(var id, var why) -> {
                var all = new ArrayList<>(failures);
                all.add(why);
                yield new Shipment(verb, to, open - 1, reached, List.copyOf(all));
            }
        };
    }

    /** How the command ended, once nothing is open. A group that failed is not hidden by one that did not. */
    Happening ended() {
        if (!failures.isEmpty()) {
            var elsewhere =
                    reached.delivered() == 0 ? "" : "; delivered to %d elsewhere".formatted(reached.delivered());
            return failed(failures.stream().distinct().collect(Collectors.joining("; ")) + elsewhere);
        }
        if (reached.delivered() == 0) {
            var missed = reached.missed().isEmpty() ? "" : ", missed " + String.join(", ", reached.missed());
            return failed("Nobody could be reached" + missed);
        }
        return new Happening.Done(verb, new Answer.Sent(to, reached.delivered(), reached.missed()));
    }

    Happening failed(String why) {
        return new Happening.Failed(verb, why);
    }
}
