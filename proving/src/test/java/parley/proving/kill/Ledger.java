package parley.proving.kill;

import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.SortedMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ConcurrentSkipListMap;

/** What the registry has answered, and what it has left open. Clients write, the audit reads. */
final class Ledger {
    /** {@code user} is a member of {@code group}, answered. */
    record Membership(String user, String group) {}

    /** A request of {@code user} that was sent and not answered. */
    record Open(String user, String password, String group) {}

    private final Map<String, String> passwords = new ConcurrentHashMap<>();
    private final Map<String, String> keys = new ConcurrentHashMap<>();
    private final Map<String, String> owners = new ConcurrentHashMap<>();
    private final Queue<Membership> memberships = new ConcurrentLinkedQueue<>();
    private final Map<String, Set<String>> asked = new ConcurrentHashMap<>();
    private final Queue<Open> open = new ConcurrentLinkedQueue<>();
    private final Queue<String> contradictions = new ConcurrentLinkedQueue<>();

    void signedUp(String user, String password) {
        var before = passwords.putIfAbsent(user, password);
        if (before != null) contradictions.add("%s was given away twice".formatted(user));
    }

    void created(String group, String owner) {
        var before = owners.putIfAbsent(group, owner);
        if (before != null) contradictions.add("%s was created by %s and by %s".formatted(group, before, owner));
    }

    /** {@code user} is about to ask to be in {@code group}. */
    void asks(String user, String group) {
        asked.computeIfAbsent(group, first -> ConcurrentHashMap.newKeySet()).add(user);
    }

    void member(String user, String group) {
        memberships.add(new Membership(user, group));
    }

    void key(String group, byte[] key) {
        var hex = HexFormat.of().formatHex(key);
        var before = keys.putIfAbsent(group, hex);
        if (key.length != 24 || (before != null && !before.equals(hex)))
            contradictions.add("%s had the key %s and then %s".formatted(group, before, hex));
    }

    void leftOpen(Open request) {
        open.add(request);
    }

    void contradiction(String what) {
        contradictions.add(what);
    }

    List<String> users() {
        return new ArrayList<>(passwords.keySet());
    }

    String passwordOf(String user) {
        return passwords.getOrDefault(user, "");
    }

    List<String> groupsOf(String user) {
        return memberships.stream()
                .filter(membership -> membership.user().equals(user))
                .map(Membership::group)
                .toList();
    }

    /** Every answered group with how many answered members it has, in name order. */
    SortedMap<String, Integer> sizes() {
        var sizes = new ConcurrentSkipListMap<String, Integer>();
        for (var membership : memberships) sizes.merge(membership.group(), 1, Integer::sum);
        return sizes;
    }

    /** How many users have ever asked to be in it, answered or not. */
    int askedFor(String group) {
        return asked.getOrDefault(group, Set.of()).size();
    }

    List<Open> takeOpen() {
        var taken = new ArrayList<Open>();
        for (var next = open.poll(); next != null; next = open.poll()) taken.add(next);
        return taken;
    }

    List<String> contradictions() {
        return List.copyOf(contradictions);
    }

    @Override
    public String toString() {
        return "%d users, %d groups, %d memberships".formatted(passwords.size(), owners.size(), memberships.size());
    }
}
