package parley.messages.classic;

import org.apache.pekko.util.ByteString;
import parley.messages.name.Address;
import parley.messages.name.BadName;
import parley.messages.name.GroupName;
import parley.messages.name.Password;
import parley.messages.name.UserName;

/**
 * Requests to bytes and back.
 *
 * <pre>
 *   signup NAME PASSWORD IP:PORT     list       key:GROUP
 *   signin NAME PASSWORD IP:PORT     members    client_info:NAME
 *   create GROUP NAME                exit       group_info:GROUP:NAME
 *   join GROUP NAME
 * </pre>
 */
public final class RequestCodec {
    static final String INVALID = "Invalid command";

    private static final char UNDECODABLE = '\ufffd';
    private static final String KEY = "key:";
    private static final String CLIENT_INFO = "client_info:";
    private static final String GROUP_INFO = "group_info:";

    /** Never throws: what cannot be read is a request too, and has an answer. */
    public static Request decode(ByteString bytes) {
        var line = bytes.utf8String();
        // What is no UTF-8 decodes to one and the same sign: many passwords would become one.
        if (line.indexOf(UNDECODABLE) >= 0) return new Request.Unreadable("Expected UTF-8");
        try {
            return parse(line.strip());
        } catch (BadName bad) {
            return new Request.Unreadable(bad.why());
        }
    }

    private static Request parse(String line) {
        if (line.startsWith(CLIENT_INFO)) return new Request.WhereIs(user(line.substring(CLIENT_INFO.length())));
        if (line.startsWith(KEY)) return new Request.KeyOf(group(line.substring(KEY.length())));
        if (line.startsWith(GROUP_INFO)) {
            var rest = line.substring(GROUP_INFO.length());
            int colon = rest.indexOf(':');
            if (colon < 0) return new Request.Unreadable(INVALID);
            return new Request.WhereAre(group(rest.substring(0, colon)), user(rest.substring(colon + 1)));
        }
        var words = line.split(" +", -1);
        return switch (words[0]) {
            case "signup" ->
                words.length == 4
                        ? new Request.SignUp(user(words[1]), new Password(words[2]), Address.parse(words[3]))
                        : new Request.Unreadable("Expected signup NAME PASSWORD IP and port");
            case "signin" ->
                words.length == 4
                        ? new Request.SignIn(user(words[1]), new Password(words[2]), Address.parse(words[3]))
                        : new Request.Unreadable("Expected signin NAME PASSWORD IP and port");
            case "create" ->
                words.length == 3
                        ? new Request.Create(group(words[1]), user(words[2]))
                        : new Request.Unreadable("Expected create GROUP NAME");
            case "join" ->
                words.length == 3
                        ? new Request.Join(group(words[1]), user(words[2]))
                        : new Request.Unreadable("Expected join GROUP NAME");
            case "list" -> words.length == 1 ? new Request.ListGroups() : new Request.Unreadable(INVALID);
            case "members" -> words.length == 1 ? new Request.Members() : new Request.Unreadable(INVALID);
            case "exit" -> words.length == 1 ? new Request.Exit() : new Request.Unreadable(INVALID);
            default -> new Request.Unreadable(INVALID);
        };
    }

    /** As our peers send them: ended by a newline, so that the registry need not wait for the quiet period. */
    public static ByteString encode(Request request) {
        return ByteString.fromString(
                switch (request) {
                    case Request.SignUp(var user, var password, var address) ->
                        "signup %s %s %s\n".formatted(user, password.text(), address);
                    case Request.SignIn(var user, var password, var address) ->
                        "signin %s %s %s\n".formatted(user, password.text(), address);
                    case Request.ListGroups all -> "list\n";
                    case Request.Create(var group, var user) -> "create %s %s\n".formatted(group, user);
                    case Request.Join(var group, var user) -> "join %s %s\n".formatted(group, user);
                    case Request.KeyOf(var group) -> KEY + group + "\n";
                    case Request.WhereIs(var user) -> CLIENT_INFO + user + "\n";
                    case Request.WhereAre(var group, var user) -> GROUP_INFO + group + ":" + user + "\n";
                    case Request.Members all -> "members\n";
                    case Request.Exit bye -> "exit\n";
                    case Request.Unreadable unreadable ->
                        throw new IllegalArgumentException("an unreadable request has no bytes");
                });
    }

    private static UserName user(String text) {
        return new UserName(text);
    }

    private static GroupName group(String text) {
        return new GroupName(text);
    }

    private RequestCodec() {}
}
