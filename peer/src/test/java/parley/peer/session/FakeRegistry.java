package parley.peer.session;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A registry as small as can be, for newline-framed requests, that can be told to answer otherwise or to go away. */
final class FakeRegistry implements AutoCloseable {
    static final String KEY = "abcdefghijklmnopqrstuvwx";

    /** Everything that was asked, but for probes. */
    final BlockingQueue<String> requests = new LinkedBlockingQueue<>();

    final Map<String, String> addresses = new ConcurrentHashMap<>();
    final Map<String, Set<String>> groups = new ConcurrentSkipListMap<>();

    /** Answers instead of us where it does not answer null; may block, which delays that connection's answers. */
    volatile UnaryOperator<String> instead = request -> null;

    private final Set<Socket> connections = ConcurrentHashMap.newKeySet();
    private volatile ServerSocket listener;
    private final int port;

    FakeRegistry() throws IOException {
        listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        port = listener.getLocalPort();
        accept(listener);
    }

    int port() {
        return port;
    }

    /** Every connection breaks and none comes about. */
    void goAway() throws IOException {
        listener.close();
        for (var connection : connections) connection.close();
    }

    void comeBack() throws IOException {
        var again = new ServerSocket();
        again.setReuseAddress(true);
        again.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
        listener = again;
        accept(again);
    }

    /** The connections break, but others can be made at once. */
    void hangUp() throws IOException {
        for (var connection : connections) connection.close();
    }

    String nextRequest() throws InterruptedException {
        var next = requests.poll(20, TimeUnit.SECONDS);
        if (next == null) throw new AssertionError("nothing was asked");
        return next;
    }

    /** The next request that begins so; what comes before is skipped. */
    String nextRequest(String beginning) throws InterruptedException {
        while (true) {
            var next = nextRequest();
            if (next.startsWith(beginning)) return next;
        }
    }

    @Override
    public void close() throws IOException {
        goAway();
    }

    private void accept(ServerSocket from) {
        Thread.ofVirtual().start(() -> {
            try {
                while (true) {
                    var connection = from.accept();
                    // It may have come in while the listener was on its way out.
                    if (from.isClosed()) {
                        connection.close();
                        return;
                    }
                    connections.add(connection);
                    Thread.ofVirtual().start(() -> serve(connection));
                }
            } catch (IOException closed) {
                // We went away.
            }
        });
    }

    private void serve(Socket connection) {
        @Nullable String me = null;
        try (connection) {
            var in = new BufferedReader(new InputStreamReader(connection.getInputStream(), StandardCharsets.UTF_8));
            for (var request = in.readLine(); request != null; request = in.readLine()) {
                if (!request.equals("members") || me != null) requests.add(request);
                if (request.equals("exit")) return;
                var other = instead.apply(request);
                var answer = other == null ? answer(me, request) : other;
                if (request.startsWith("signin ") && !answer.startsWith("Error")) {
                    me = request.split(" ")[1];
                    addresses.put(me, request.split(" ")[3]);
                }
                connection.getOutputStream().write(answer.getBytes(StandardCharsets.UTF_8));
            }
        } catch (IOException gone) {
            // So be it.
        } finally {
            connections.remove(connection);
        }
    }

    private String answer(@Nullable String me, String request) {
        var words = request.split("[ :]");
        return switch (words[0]) {
            case "signup", "signin" -> "welcome";
            case "list" ->
                groups.isEmpty()
                        ? "Error:No groups"
                        : groups.entrySet().stream()
                                .map(group ->
                                        group.getKey() + ":" + group.getValue().size())
                                .collect(Collectors.joining(","));
            case "members" -> members(me);
            case "create" -> {
                if (groups.containsKey(words[1])) yield "Error:Group exists";
                groups.put(words[1], new LinkedHashSet<>(Set.of(words[2])));
                yield "created";
            }
            case "join" ->
                groups.getOrDefault(words[1], new LinkedHashSet<>()).add(words[2])
                        ? "joined"
                        : "Error:Already a member";
            case "key" -> isMember(me, words[1]) ? KEY : "Error:Not a member of " + words[1];
            case "client_info" -> addresses.getOrDefault(words[1], "Error:User %s is not online".formatted(words[1]));
            case "group_info" -> {
                if (!isMember(me, words[1])) yield "Error:Not a member of " + words[1];
                var others = groups.getOrDefault(words[1], new LinkedHashSet<>()).stream()
                        .filter(member -> !member.equals(me) && addresses.containsKey(member))
                        .map(addresses::get)
                        .collect(Collectors.joining(";"));
                yield others.isEmpty() ? "Error:Nobody else is online" : others;
            }
            default -> "Error:Invalid command";
        };
    }

    private String members(@Nullable String me) {
        var own = groups.entrySet().stream()
                .filter(group -> group.getValue().contains(me))
                .map(group -> "%s:[%s]".formatted(group.getKey(), String.join(",", group.getValue())))
                .collect(Collectors.joining(","));
        return own.isEmpty() ? "Error:Not a member of any group" : own;
    }

    private boolean isMember(@Nullable String me, String group) {
        return groups.getOrDefault(group, Set.of()).contains(me);
    }
}
