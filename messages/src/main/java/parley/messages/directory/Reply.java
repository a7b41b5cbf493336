package parley.messages.directory;

import java.util.List;
import java.util.Optional;
import org.apache.pekko.util.ByteString;
import parley.messages.group.GroupEntry;
import parley.messages.identity.OneTimePrekeys;
import parley.messages.identity.Statement;
import parley.messages.name.GroupName;
import parley.messages.name.PeerAddress;

/** Everything the registry can answer; docs/PROTOCOL.md §8, §12.3. */
public sealed interface Reply {
    /** Carried out; there is nothing more to say. */
    record Done() implements Reply {}

    /**
     * @param statements of the own chain, as many as the registry has
     * @param head the hash of the last one
     * @param pairs one-time pairs that are left
     * @param envelopes that wait
     */
    record SignedIn(int statements, ByteString head, int pairs, int envelopes) implements Reply {}

    /** @param row from the one that was asked for on, as many as fit a line */
    record Chain(int statements, List<Statement> row) implements Reply {}

    /** @param statements of the chain, now */
    record Published(int statements) implements Reply {}

    record PairsLeft(int left) implements Reply {}

    /** @param pair none when they are used up */
    record Prekeys(Optional<OneTimePrekeys> pair) implements Reply {}

    /** @param reachableAt none for somebody who is there and accepts no links */
    record At(Optional<PeerAddress> reachableAt) implements Reply {}

    /** @param entries of the group's log, now */
    record Appended(int entries) implements Reply {}

    /** @param row from the one that was asked for on, as many as fit a line */
    record Log(int entries, List<GroupEntry> row) implements Reply {}

    /** @param groups by name; fewer than {@link Limits#LIST_MAX} are the last ones */
    record Groups(List<Listed> groups) implements Reply {}

    /** A group that is open to everybody. */
    record Listed(GroupName name, int members) {}

    record Refused(Code code, String text) implements Reply {}
}
