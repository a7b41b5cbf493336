package parley.registry.user;

import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import parley.messages.name.GroupName;
import parley.registry.journal.Snapshot;
import parley.registry.journal.UserEvent;

/**
 * What is known of a user name over restarts.
 *
 * @param groups those that count this name among their members
 */
record User(Optional<Account> account, SortedSet<GroupName> groups) {
    static final User NOBODY = new User(Optional.empty(), Collections.emptySortedSet());

    User with(UserEvent event) {
        return switch (event) {
            case UserEvent.SignedUp(var kind, var hash) -> new User(Optional.of(new Account(kind, hash)), groups);
            case UserEvent.Enrolled(var group) -> {
                var more = new TreeSet<>(groups);
                more.add(new GroupName(group));
                yield new User(account, Collections.unmodifiableSortedSet(more));
            }
        };
    }

    Snapshot.OfUser snapshot() {
        return new Snapshot.OfUser(
                account.map(a -> new Snapshot.Account(a.kind(), a.passwordHash()))
                        .orElse(null),
                groups.stream().map(GroupName::text).toList());
    }

    static User of(Snapshot.OfUser snapshot) {
        var groups = new TreeSet<GroupName>();
        for (var group : snapshot.groups()) groups.add(new GroupName(group));
        return new User(
                Optional.ofNullable(snapshot.account()).map(a -> new Account(a.kind(), a.passwordHash())),
                Collections.unmodifiableSortedSet(groups));
    }

    List<GroupName> groupsInOrder() {
        return List.copyOf(groups);
    }
}
