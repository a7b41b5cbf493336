package parley.proving.modern.group;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;

/**
 * Talks and alters the group without a pause, by chance, as far as what this member knows of it allows that. Others do the
 * same at the same time: much of it is no longer so when the registry hears of it.
 *
 * @param everybody who may be in the group. The first of them stays, so that the group never ends
 * @param done changes that were made, of all members
 */
record Schemer(Member member, List<String> everybody, Random random, AtomicInteger done, BooleanSupplier more)
        implements Callable<Void> {
    private static final List<String> POLICIES = List.of("open", "open", "invite", "members", "members", "closed");

    /** For somebody to take us in again. */
    private static final Duration OUTSIDE = Duration.ofMillis(50);

    @Override
    public Void call() throws Exception {
        while (more.getAsBoolean()) {
            var view = member.look();
            var command = view.isEmpty() ? "" : next(view.get());
            if (command.isEmpty()) {
                member.running().runFor(OUTSIDE);
                member.listen();
            } else if (member.alter(command)) {
                done.incrementAndGet();
            }
            for (int texts = random.nextInt(3); texts > 0; texts--) member.say();
        }
        return null;
    }

    /** Nothing if there is nothing that we might do. */
    private String next(Member.View view) {
        var me = member.name();
        boolean open = view.policy().equals("open");
        if (!view.members().contains(me)) return open ? "join " + Member.GROUP : "";
        boolean admin = view.admins().contains(me);
        boolean invites =
                admin ? !view.policy().equals("closed") : open || view.policy().equals("members");
        var missing = new ArrayList<>(everybody);
        missing.removeAll(view.members());
        if (invites && !missing.isEmpty() && random.nextInt(4) > 0) return about("invite", missing);
        boolean stays = me.equals(everybody.getFirst());
        if (!admin) return stays || random.nextInt(3) > 0 ? "" : "leave " + Member.GROUP;
        var others = new ArrayList<>(view.members());
        others.remove(me);
        return switch (random.nextInt(8)) {
            case 0, 1 -> {
                others.remove(everybody.getFirst());
                yield others.isEmpty() ? "" : about("remove", others);
            }
            case 2, 3 -> "group %s %s".formatted(Member.GROUP, POLICIES.get(random.nextInt(POLICIES.size())));
            case 4 -> stays ? "" : "leave " + Member.GROUP;
            default -> {
                if (others.isEmpty()) yield "";
                var who = others.get(random.nextInt(others.size()));
                yield "admin %s %s %s"
                        .formatted(Member.GROUP, who, view.admins().contains(who) ? "off" : "on");
            }
        };
    }

    private String about(String verb, List<String> some) {
        return "%s %s %s".formatted(verb, Member.GROUP, some.get(random.nextInt(some.size())));
    }
}
