package parley.messages.classic;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.apache.pekko.util.ByteString;
import parley.messages.name.Address;
import parley.messages.name.BadName;
import parley.messages.name.GroupName;
import parley.messages.name.UserName;

/**
 * Replies to bytes, and back by what was asked: a reply does not say of itself what it is.
 *
 * <pre>
 *   Groups   team:2,lab:7                   At     10.0.0.7:41233
 *   Members  team:[alice,bob],lab:[carol]   Peers  10.0.0.7:41233;10.0.0.9:5000
 *   Refused  Error:text without a colon     Key    24 raw bytes
 * </pre>
 */
public final class ReplyCodec {
    /** What a classic client reads at once; the rest of a longer reply would be taken for the next one. */
    public static final int REPLY_BYTES_MAX = 1024;

    private static final String ERROR = "Error:";
    private static final ByteString ERROR_BYTES = ByteString.fromString(ERROR);

    /**
     * At most {@link #REPLY_BYTES_MAX} bytes: lists are cut after the last whole entry that fits, texts after the last
     * whole character.
     */
    public static ByteString encode(Reply reply) {
        return switch (reply) {
            case Reply.Done(var text) -> cut(text);
            case Reply.Groups(var sizes) -> text(fitting(sizes, ",", size -> size.group() + ":" + size.members()));
            case Reply.Key(var key) -> key.bytes();
            case Reply.At(var address) -> text(address.toString());
            case Reply.Peers(var addresses) -> text(fitting(addresses, ";", Address::toString));
            case Reply.Members(var groups) -> text(members(groups));
            case Reply.Refused(var why) -> refused(why);
        };
    }

    /**
     * What the registry said to {@code asked}.
     *
     * @throws MalformedMessage if it is no answer to that request
     */
    public static Reply decode(Request asked, ByteString bytes) {
        var line = bytes.utf8String().strip();
        // First, because an error may have as many bytes as a key; a key begins like one once in 2^48.
        if (line.startsWith(ERROR))
            return new Reply.Refused(line.substring(ERROR.length()).strip());
        try {
            return switch (asked) {
                case Request.SignUp s -> new Reply.Done(line);
                case Request.SignIn s -> new Reply.Done(line);
                case Request.Create c -> new Reply.Done(line);
                case Request.Join j -> new Reply.Done(line);
                case Request.ListGroups l -> new Reply.Groups(sizes(line));
                case Request.WhereIs w -> new Reply.At(Address.parse(line));
                case Request.WhereAre w -> new Reply.Peers(addresses(line));
                case Request.Members m -> new Reply.Members(groups(line));
                case Request.KeyOf k -> new Reply.Key(key(bytes));
                case Request.Exit e -> throw new MalformedMessage("an answer to exit");
                case Request.Unreadable u -> throw new MalformedMessage("an answer to nothing");
            };
        } catch (BadName bad) {
            throw new MalformedMessage("an answer that does not fit the request");
        }
    }

    private static GroupKey key(ByteString bytes) {
        if (bytes.size() != GroupKey.BYTES)
            throw new MalformedMessage("a group key of %d bytes".formatted(bytes.size()));
        return new GroupKey(bytes);
    }

    /** Whether what has come so far is an error rather than the beginning of a key. */
    public static boolean isError(ByteString held) {
        return held.take(ERROR.length()).equals(ERROR_BYTES);
    }

    private static ByteString refused(String why) {
        var bytes = cut(ERROR + why.replace(':', ' '));
        // The blank keeps it from being taken for a key.
        return bytes.size() == GroupKey.BYTES ? bytes.concat(text(" ")) : bytes;
    }

    /** A cut character begins with 11 in its first byte and goes on with 10 in each further one. */
    private static ByteString cut(String line) {
        var bytes = text(line);
        if (bytes.size() <= REPLY_BYTES_MAX) return bytes;
        int end = REPLY_BYTES_MAX;
        while ((bytes.apply(end) & 0xc0) == 0x80) end--;
        return bytes.take(end);
    }

    private static <T> String fitting(List<T> entries, String between, Function<T, String> written) {
        var line = new StringBuilder();
        for (var entry : entries) {
            var next = (line.isEmpty() ? "" : between) + written.apply(entry);
            if (line.length() + next.length() > REPLY_BYTES_MAX) break;
            line.append(next);
        }
        return line.toString();
    }

    /** Cut after the last whole member that fits; no group follows one that was cut. */
    private static String members(List<Reply.Members.Group> groups) {
        var line = new StringBuilder();
        for (var group : groups) {
            var before = line.length();
            line.append(before == 0 ? "" : ",").append(group.group()).append(":[");
            var names = group.members();
            int taken = 0;
            for (; taken < names.size(); taken++) {
                var next = (taken == 0 ? "" : ",") + names.get(taken);
                if (line.length() + next.length() + "]".length() > REPLY_BYTES_MAX) break;
                line.append(next);
            }
            if (taken == 0) line.setLength(before);
            else line.append(']');
            if (taken < names.size()) break;
        }
        return line.toString();
    }

    private static List<Reply.Groups.Size> sizes(String line) {
        var sizes = new ArrayList<Reply.Groups.Size>();
        for (var entry : line.split(",", -1)) {
            int colon = entry.indexOf(':');
            if (colon < 0) throw new MalformedMessage("a group without its size");
            int members = Decimal.parse(entry.substring(colon + 1), Integer.MAX_VALUE, "a group's size");
            sizes.add(new Reply.Groups.Size(new GroupName(entry.substring(0, colon)), members));
        }
        return List.copyOf(sizes);
    }

    private static List<Address> addresses(String line) {
        var addresses = new ArrayList<Address>();
        for (var entry : line.split(";", -1)) addresses.add(Address.parse(entry));
        return List.copyOf(addresses);
    }

    private static List<Reply.Members.Group> groups(String line) {
        var groups = new ArrayList<Reply.Members.Group>();
        for (var entry : line.split("(?<=]),", -1)) {
            int open = entry.indexOf(":[");
            if (open < 0 || !entry.endsWith("]")) throw new MalformedMessage("a group without its members");
            var members = new ArrayList<UserName>();
            for (var name : entry.substring(open + 2, entry.length() - 1).split(",", -1)) {
                members.add(new UserName(name));
            }
            groups.add(new Reply.Members.Group(new GroupName(entry.substring(0, open)), members));
        }
        return List.copyOf(groups);
    }

    private static ByteString text(String line) {
        return ByteString.fromString(line);
    }

    private ReplyCodec() {}
}
