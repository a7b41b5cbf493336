package parley.peer.contact;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import parley.messages.name.UserName;

/** Carries everything that two have for each other, on one path or the other, until nothing moves. */
final class Post {
    private final Town town;
    private final Map<UserName, Side> sides;

    Post(Town town, Side... sides) {
        this.town = town;
        this.sides = List.of(sides).stream().collect(Collectors.toMap(side -> side.name, s -> s));
    }

    /** Over links, with every answer, and every timer, until all is still. */
    void links() {
        settle(true);
    }

    /** Through the mailboxes. */
    void mails() {
        settle(false);
    }

    private void settle(boolean link) {
        for (int round = 0; round < 60; round++) {
            boolean moved = false;
            for (var side : sides.values()) {
                side.syncs();
                for (var other : sides.values()) {
                    if (other == side) continue;
                    moved |= link ? link(side, other) : deposit(side, other);
                    side.tells(other);
                    side.asksAgain(other.name);
                    moved |= side.isAhead();
                    side.syncs();
                    moved |= !link && collect(other);
                }
                side.syncs();
            }
            if (!moved) return;
        }
        throw new AssertionError("never still");
    }

    boolean link(Side from, Side to) {
        from.syncs();
        var all = List.copyOf(from.to(to.name).values());
        for (var each : all) {
            to.opens(from.name, each.envelope(), new Path.Link());
            to.syncs();
            while (!to.answers.isEmpty()) answer(to, to.answers.poll());
            from.syncs();
        }
        return !all.isEmpty();
    }

    boolean deposit(Side from, Side to) {
        from.syncs();
        var all = from.to(to.name).values().stream()
                .filter(each -> !each.inMailbox())
                .toList();
        for (var each : all) {
            town.deposit(from.name, to.name, each.envelope());
            deposited(from, to, each);
        }
        return !all.isEmpty();
    }

    void deposited(Side from, Side to, Effect.Transmit each) {
        from.take(to.name, from.with(to.name).deposited(each.id(), from.moment()));
        from.to(to.name)
                .computeIfPresent(
                        each.id(),
                        (id, now) -> new Effect.Transmit(now.contact(), id, now.envelope(), now.again(), true));
        from.syncs();
    }

    boolean collect(Side to) {
        var all = List.copyOf(town.mailbox(to.name));
        for (var letter : all) {
            to.opens(letter.from(), letter.envelope(), new Path.Mailbox(letter.serial()));
            to.syncs();
            while (!to.answers.isEmpty()) answer(to, to.answers.poll());
        }
        return !all.isEmpty() && town.mailbox(to.name).size() < all.size();
    }

    private Side of(UserName name) {
        return Objects.requireNonNull(sides.get(name));
    }

    /** What {@code by} says about an envelope that came to him. */
    void answer(Side by, Effect answer) {
        switch (answer) {
            case Effect.Acknowledge(var from, var id, Path.Link link) -> {
                var sender = of(from);
                sender.take(by.name, sender.with(by.name).acked(List.of(id), sender.moment()));
            }
            case Effect.Acknowledge(var from, var id, Path.Mailbox(var serial)) -> town.acknowledged(by.name, serial);
            case Effect.Refuse(var from, var id, var reason) -> {
                var sender = of(from);
                sender.take(by.name, sender.with(by.name).refused(id, reason, sender.moment()));
            }
            default -> throw new AssertionError("no answer: " + answer);
        }
    }
}
