package parley.proving.classic;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** A whole classic client: one connection to the registry, and a {@link ClassicPeer} for everybody else. */
public final class ClassicClient implements AutoCloseable {
    private final RegistryLine registry;
    private final ClassicPeer peer;
    private volatile String name = "";

    /**
     * Connects and starts to listen; signs nobody in.
     *
     * @param registry {@code 127.0.0.1:7300}
     * @param folder where received files are stored; must exist
     */
    public static ClassicClient connect(String registry, Path folder) throws IOException {
        return new ClassicClient(RegistryLine.connect(dialled(registry)), ClassicPeer.listen(folder));
    }

    private ClassicClient(RegistryLine registry, ClassicPeer peer) {
        this.registry = registry;
        this.peer = peer;
    }

    public String signup(String user, String password) throws IOException {
        return registry.must("signup %s %s %s".formatted(user, password, written(peer.address())));
    }

    /** From here on this client is {@code user}. */
    public String signin(String user, String password) throws IOException {
        var answer = registry.must("signin %s %s %s".formatted(user, password, written(peer.address())));
        name = user;
        return answer;
    }

    /** Signs up, then in: what most stories start with. */
    public ClassicClient enter(String user, String password) throws IOException {
        signup(user, password);
        signin(user, password);
        return this;
    }

    /** Every group with its number of members, in the order they came. */
    public Map<String, Integer> list() throws IOException {
        var groups = new LinkedHashMap<String, Integer>();
        for (var entry : registry.must("list").split(",", -1)) {
            var field = entry.split(":", -1);
            groups.put(field[0], Integer.valueOf(field[1]));
        }
        return groups;
    }

    /** CREATE as it is typed: create the group, fetch its key. */
    public void create(String group) throws IOException {
        ask("create %s %s".formatted(group, name));
        fetchKey(group);
    }

    /** JOIN as it is typed: looks whether the group is listed, joins or creates it, fetches its key. */
    public void join(String group) throws IOException {
        var listed = registry.request("list");
        var known = !listed.startsWith("Error:")
                && Arrays.stream(listed.split(",", -1)).anyMatch(entry -> entry.startsWith(group + ":"));
        ask((known ? "join %s %s" : "create %s %s").formatted(group, name));
        fetchKey(group);
    }

    /** The 24 raw bytes; kept, too, so that the group's texts can be read. */
    public byte[] fetchKey(String group) throws IOException {
        var key = registry.mustBytes("key:%s".formatted(group.toLowerCase(Locale.ROOT)));
        peer.learnGroup(group, key);
        return key;
    }

    public InetSocketAddress clientInfo(String user) throws IOException {
        return dialled(ask("client_info:%s".formatted(user)));
    }

    /** Every other member that is online. */
    public List<InetSocketAddress> groupInfo(String group) throws IOException {
        return Arrays.stream(ask("group_info:%s:%s".formatted(group, name)).split(";", -1))
                .map(ClassicClient::dialled)
                .toList();
    }

    /** Raw: {@code team:[alice,bob],lab:[carol]}. */
    public String members() throws IOException {
        return registry.must("members");
    }

    /** Any request as it stands, with its answer, an error too. */
    public String request(String request) throws IOException {
        return registry.request(request);
    }

    public void sendText(String to, String text) throws IOException {
        peer.sendText(clientInfo(to), name, text);
    }

    /** Answers how many members it went to. */
    public int sendGroupText(String group, String text) throws IOException {
        var members = groupInfo(group);
        for (var member : members) peer.sendGroupText(member, group, text);
        return members.size();
    }

    /** Sends it under its bare name, as when the user stands in its folder. */
    public void sendFile(String to, Path file) throws IOException {
        sendFile(to, String.valueOf(file.getFileName()), file);
    }

    public void sendFile(String to, String typedPath, Path file) throws IOException {
        peer.sendFile(clientInfo(to), name, typedPath, file);
    }

    /** Answers how many members it went to. */
    public int sendGroupFile(String group, Path file) throws IOException {
        var members = groupInfo(group);
        for (var member : members) peer.sendGroupFile(member, group, String.valueOf(file.getFileName()), file);
        return members.size();
    }

    public Received.Text awaitText(Duration patience) throws InterruptedException {
        return peer.awaitText(patience);
    }

    public Received.File awaitFile(Duration patience) throws InterruptedException {
        return peer.awaitFile(patience);
    }

    /** See {@link ClassicPeer#failures}. */
    public List<Exception> failures() {
        return peer.failures();
    }

    /** Where this client accepts texts and files. */
    public InetSocketAddress address() {
        return peer.address();
    }

    /** Stays signed in and reachable on paper, while nobody opens the door any more. */
    public void stopListening() {
        peer.close();
    }

    /** Says {@code exit} and waits for the registry to hang up. */
    public String exit() throws IOException {
        return registry.exit();
    }

    /** Hangs up without a word, as a client that crashed. */
    @Override
    public void close() throws IOException {
        peer.close();
        registry.close();
    }

    /** Everything but a sign-up or sign-in goes out in lower case: whatever a user typed, classic clients fold it. */
    private String ask(String request) throws IOException {
        return registry.must(request.toLowerCase(Locale.ROOT));
    }

    static InetSocketAddress dialled(String address) {
        var colon = address.indexOf(':');
        return new InetSocketAddress(address.substring(0, colon), Integer.parseInt(address.substring(colon + 1)));
    }

    private static String written(InetSocketAddress address) {
        return address.getAddress().getHostAddress() + ":" + address.getPort();
    }
}
