package parley.proving.modern.group;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Who is cut off from whom. All wires between two ends suffer the same.
 *
 * <pre>
 *   whole --divide--&gt; divided: no byte crosses --heal--&gt; whole; a wire that was cut never works again
 * </pre>
 */
final class Web {
    /** What a cut does to a wire. */
    enum Cut {
        /** Both ends are told at once; what was on its way is lost. */
        ENDS,
        /** What the called side says is lost: things are done, and whoever asked for them never hears so. */
        ANSWERS_ARE_LOST,
        /** What the calling side says is lost. */
        QUESTIONS_ARE_LOST,
        /** Nothing passes, and nobody is told. */
        SILENCE
    }

    private record Pair(Set<String> ends) {
        static Pair of(String one, String other) {
            return new Pair(Set.of(one, other));
        }
    }

    private final Map<Pair, Cut> cuts = new HashMap<>();
    private final Set<Wire> wires = new HashSet<>();

    /** Nobody of {@code here} reaches anybody of {@code there}. */
    synchronized void divide(List<String> here, List<String> there, Cut cut) {
        for (var one : here) for (var other : there) cuts.put(Pair.of(one, other), cut);
        for (var wire : wires) between(wire).ifPresent(wire::suffer);
        wires.removeIf(Wire::isOver);
    }

    synchronized void heal() {
        for (var wire : wires) if (between(wire).isPresent()) wire.end();
        wires.removeIf(Wire::isOver);
        cuts.clear();
    }

    /** It suffers from now on what its ends do. */
    synchronized void join(Wire wire) {
        wires.add(wire);
        between(wire).ifPresent(wire::suffer);
    }

    synchronized void end() {
        wires.forEach(Wire::end);
    }

    private Optional<Cut> between(Wire wire) {
        return Optional.ofNullable(cuts.get(Pair.of(wire.caller(), wire.called())));
    }
}
