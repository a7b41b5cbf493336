package parley.messages.classic;

import java.util.List;
import parley.messages.name.Address;
import parley.messages.name.GroupName;
import parley.messages.name.UserName;

/** Everything the registry can answer; docs/CLASSIC.md, "Peer to registry". */
public sealed interface Reply {
    /** What {@code list} answers instead of nothing: an empty answer cannot be sent. */
    Refused NO_GROUPS = new Refused("No groups");

    /** The same for {@code members}. */
    Refused NO_MEMBERSHIPS = new Refused("Not a member of any group");

    /** Any text will do for a classic client. */
    record Done(String text) implements Reply {}

    /** Groups in the order of their names; never empty, as an empty answer cannot be sent. */
    record Groups(List<Size> sizes) implements Reply {
        public Groups {
            sizes = someOf(sizes);
        }

        public record Size(GroupName group, int members) {}
    }

    record Key(GroupKey key) implements Reply {}

    record At(Address address) implements Reply {}

    /** Never empty. */
    record Peers(List<Address> addresses) implements Reply {
        public Peers {
            addresses = someOf(addresses);
        }
    }

    /** Never empty, nor is a group: whoever asks is in it. */
    record Members(List<Group> groups) implements Reply {
        public Members {
            groups = someOf(groups);
        }

        public record Group(GroupName group, List<UserName> members) {
            public Group {
                members = someOf(members);
            }
        }
    }

    record Refused(String why) implements Reply {}

    private static <T> List<T> someOf(List<T> entries) {
        if (entries.isEmpty()) throw new IllegalArgumentException("an empty answer cannot be sent: refuse instead");
        return List.copyOf(entries);
    }
}
