package parley.registry.user;

import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import org.apache.pekko.util.ByteString;
import parley.messages.identity.Appending;
import parley.messages.identity.KeyChain;
import parley.messages.identity.KeyChainCodec;
import parley.messages.identity.RegistryId;
import parley.messages.identity.Statement;
import parley.messages.identity.StatementRow;
import parley.messages.name.GroupName;
import parley.messages.name.UserName;
import parley.registry.journal.Snapshot;
import parley.registry.journal.UserEvent;

/**
 * What is known of a user name over restarts.
 *
 * @param registry whose accounts these are: no chain of another one is accepted
 * @param groups those that count this name among their members
 */
record User(UserName name, RegistryId registry, Optional<Account> account, SortedSet<GroupName> groups) {
    static User nobody(UserName name, RegistryId registry) {
        return new User(name, registry, Optional.empty(), Collections.emptySortedSet());
    }

    /** @throws IllegalStateException if the journal holds statements that this version would not have taken */
    User with(UserEvent event) {
        return switch (event) {
            case UserEvent.SignedUp(var kind, var hash) -> with(new Account.Classic(hash));
            case UserEvent.SignedUpModern(var row) -> with(new Account.Modern(chain(row)));
            case UserEvent.Stated(var row) -> with(new Account.Modern(stated(row)));
            case UserEvent.Enrolled(var group) -> {
                var more = new TreeSet<>(groups);
                more.add(new GroupName(group));
                yield new User(name, registry, account, Collections.unmodifiableSortedSet(more));
            }
        };
    }

    /** Nothing for a classic account. */
    Optional<KeyChain> chain() {
        return account.map(a -> a instanceof Account.Modern(var chain) ? chain : null);
    }

    /** Nothing for a modern account, which no password opens. */
    Optional<String> passwordHash() {
        return account.map(a -> a instanceof Account.Classic(var hash) ? hash : null);
    }

    static UserEvent signedUp(KeyChain chain) {
        return new UserEvent.SignedUpModern(text(KeyChainCodec.encode(chain)));
    }

    static UserEvent stated(List<Statement> statements) {
        return new UserEvent.Stated(text(StatementRow.encode(statements)));
    }

    Snapshot snapshot() {
        var names = groups.stream().map(GroupName::text).toList();
        return chain().<Snapshot>map(chain -> new Snapshot.OfModernUser(text(KeyChainCodec.encode(chain)), names))
                .orElseGet(() -> new Snapshot.OfUser(
                        passwordHash()
                                .map(hash -> new Snapshot.Account(Account.CLASSIC, hash))
                                .orElse(null),
                        names));
    }

    /** This name as it was written; the name and the registry are part of where it was written. */
    User of(Snapshot snapshot) {
        return switch (snapshot) {
            case Snapshot.OfUser(var classic, var names) ->
                new User(
                        name,
                        registry,
                        Optional.ofNullable(classic).map(a -> new Account.Classic(a.passwordHash())),
                        groups(names));
            case Snapshot.OfModernUser(var row, var names) ->
                new User(name, registry, Optional.of(new Account.Modern(chain(row))), groups(names));
            case Snapshot.OfGroup other -> throw notOurs(other);
            case Snapshot.OfModernGroup other -> throw notOurs(other);
            case Snapshot.OfSlice other -> throw notOurs(other);
            case Snapshot.OfThrottle other -> throw notOurs(other);
        };
    }

    List<GroupName> groupsInOrder() {
        return List.copyOf(groups);
    }

    private User with(Account next) {
        return new User(name, registry, Optional.of(next), groups);
    }

    private KeyChain chain(String row) {
        return taken(KeyChainCodec.decode(registry, name, bytes(row)));
    }

    private KeyChain stated(String row) {
        return taken(chain().orElseThrow(() -> new IllegalStateException("statements of no modern account"))
                .append(StatementRow.decode(bytes(row))));
    }

    /** A chain from the disk is verified like any other: the file may be another registry's, or be tampered with. */
    private KeyChain taken(Appending answer) {
        return switch (answer) {
            case Appending.Longer(var chain) -> chain;
            case Appending.Refused(var why) ->
                throw new IllegalStateException(
                        "the journal holds a key chain of %s that is refused: %s; is it this".formatted(name, why)
                                + " registry's?");
        };
    }

    private static SortedSet<GroupName> groups(List<String> names) {
        var groups = new TreeSet<GroupName>();
        for (var group : names) groups.add(new GroupName(group));
        return Collections.unmodifiableSortedSet(groups);
    }

    private static IllegalStateException notOurs(Snapshot other) {
        return new IllegalStateException(
                "a user's snapshot that is a " + other.getClass().getSimpleName());
    }

    private static String text(ByteString bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes.toArrayUnsafe());
    }

    private static ByteString bytes(String text) {
        return ByteString.fromArrayUnsafe(Base64.getUrlDecoder().decode(text));
    }
}
