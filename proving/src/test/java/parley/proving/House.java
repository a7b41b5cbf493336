package parley.proving;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static java.util.Map.entry;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaPackage;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.NullMarked;

/**
 * The rules of the house, for whatever house stands at {@code root}: ours, or the broken one that shows each rule
 * failing.
 *
 * @param root the package that holds {@code messages}, {@code registry} and {@code peer}
 */
record House(String root) {
    /**
     * Which package may know which; the plan in docs/ARCHITECTURE.md. One that is not named here may not exist.
     * {@code messages} stands for all that is in it.
     */
    private static final Map<String, Set<String>> MAY_KNOW = Map.ofEntries(
            entry("messages.name", Set.of()),
            entry("messages.settings", Set.of()),
            entry("messages.classic", Set.of("messages.name")),
            entry("messages.field", Set.of()),
            entry("messages.identity", Set.of("messages.name", "messages.field")),
            entry("messages.group", Set.of("messages.name", "messages.field", "messages.identity")),
            entry(
                    "messages.directory",
                    Set.of("messages.name", "messages.field", "messages.identity", "messages.group")),
            entry("messages.wire", Set.of("messages.name", "messages.field", "messages.identity")),
            entry("channel", Set.of("messages")),
            entry("registry.journal", Set.of("messages.name", "messages.settings")),
            entry("registry.cluster", Set.of()),
            entry("registry.user", Set.of("registry.journal", "messages.name", "messages.identity", "messages.field")),
            entry("registry.relay", Set.of("messages.name", "messages.directory", "messages.settings")),
            entry("registry.mailbox", Set.of("registry.journal", "messages.name", "messages.field")),
            entry(
                    "registry.group",
                    Set.of(
                            "registry.journal",
                            "registry.user",
                            "messages.name",
                            "messages.group",
                            "messages.identity")),
            entry(
                    "registry.gate",
                    Set.of(
                            "registry.user",
                            "registry.group",
                            "registry.mailbox",
                            "registry.relay",
                            "messages",
                            "channel")),
            entry("registry", Set.of("registry", "messages", "channel")),
            entry("peer.talk", Set.of("messages.name", "messages.group")),
            entry("peer.command", Set.of("messages.name", "messages.group", "messages.settings")),
            entry("peer.cipher", Set.of("messages")),
            entry("peer.link", Set.of("messages", "channel")),
            entry("peer.transfer", Set.of("messages")),
            entry("peer.lookup", Set.of("messages", "channel")),
            entry("peer.vault", Set.of("messages.settings", "peer.cipher", "messages.name", "messages.field")),
            entry("peer.store", Set.of("peer.vault", "peer.cipher", "peer.talk", "messages")),
            entry("peer.contact", Set.of("peer.store", "peer.cipher", "peer.talk", "messages")),
            entry("peer.group", Set.of("peer.contact", "peer.store", "peer.talk", "messages")),
            entry("peer.stream", Set.of("peer.cipher", "peer.transfer", "peer.link", "messages")),
            entry(
                    "peer.file",
                    Set.of("peer.stream", "peer.contact", "peer.store", "peer.talk", "peer.transfer", "messages")),
            entry(
                    "peer.delivery",
                    Set.of("peer.contact", "peer.link", "peer.lookup", "peer.store", "peer.talk", "messages")),
            entry(
                    "peer.modern",
                    Set.of(
                            "peer.talk",
                            "peer.command",
                            "peer.cipher",
                            "peer.contact",
                            "peer.delivery",
                            "peer.file",
                            "peer.group",
                            "peer.link",
                            "peer.lookup",
                            "peer.store",
                            "peer.stream",
                            "peer.vault",
                            "channel",
                            "messages")),
            entry(
                    "peer.session",
                    Set.of(
                            "peer.talk",
                            "peer.command",
                            "peer.cipher",
                            "peer.link",
                            "peer.transfer",
                            "peer.lookup",
                            "messages")),
            entry(
                    "peer.terminal",
                    Set.of(
                            "peer.command",
                            "peer.session",
                            "peer.talk",
                            "messages.name",
                            "messages.group",
                            "messages.settings")),
            entry(
                    "peer.script",
                    Set.of("peer.command", "peer.session", "peer.talk", "messages.name", "messages.group")),
            entry("peer", Set.of("peer", "messages", "channel")),
            entry("proving.classic", Set.of()),
            entry("proving.process", Set.of()),
            entry("proving.crowd", Set.of("peer", "messages")));

    /** Whoever calls these holds a thread that others wait for. */
    private static final Map<String, Set<String>> BLOCKING = Map.of(
            "java.lang.Thread", Set.of("sleep", "join"),
            "java.lang.Object", Set.of("wait"),
            "java.lang.Process", Set.of("waitFor"),
            "java.util.concurrent.Future", Set.of("get"),
            "java.util.concurrent.CompletableFuture", Set.of("join"),
            "java.util.concurrent.CountDownLatch", Set.of("await"),
            "java.util.concurrent.Semaphore", Set.of("acquire"),
            "java.util.concurrent.BlockingQueue", Set.of("put", "take"),
            "java.util.concurrent.ExecutorService", Set.of("awaitTermination", "invokeAll", "close"),
            "scala.concurrent.Await$", Set.of("result", "ready"));

    ArchRule noCycles() {
        return slices().matching(root + ".(**)").should().beFreeOfCycles().allowEmptyShould(true);
    }

    ArchRule messagesKnowNoActors() {
        return noClasses()
                .that()
                .resideInAPackage(root + ".messages..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("org.apache.pekko.actor..")
                .because("a message that carries an actor works on one machine only")
                .allowEmptyShould(true);
    }

    ArchRule keysStayHome() {
        return noClasses()
                .that()
                .resideInAnyPackage(shipped())
                .and()
                .resideOutsideOfPackages(
                        root + ".peer.cipher..",
                        root + ".registry.user..",
                        root + ".messages.identity..",
                        root + ".channel..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("javax.crypto..", "org.bouncycastle..")
                .orShould()
                .dependOnClassesThat()
                .haveNameMatching("java\\.security\\..*Key.*")
                .because("a key that never leaves its package need not be looked for elsewhere")
                .allowEmptyShould(true);
    }

    /** Registry and peers check key chains with the same code, which therefore stands where both can know it. */
    ArchRule publicKeysOnlyVerify() {
        return noClasses()
                .that()
                .resideInAPackage(root + ".messages.identity..")
                .should()
                .accessTargetWhere(DescribedPredicate.describe(
                        "is more than the verification of a signature",
                        access -> isCryptography(access.getTargetOwner()) && !VERIFYING.contains(access.getName())))
                .orShould()
                .dependOnClassesThat()
                .haveNameMatching("java\\.security\\..*Key.*")
                .because("what can neither sign nor decrypt needs no guarding")
                .allowEmptyShould(true);
    }

    private static final Set<String> VERIFYING = Set.of("verify", "validatePublicKeyFull", "PUBLIC_KEY_SIZE");

    private static boolean isCryptography(JavaClass type) {
        return type.getPackageName().startsWith("org.bouncycastle")
                || type.getPackageName().startsWith("javax.crypto");
    }

    /**
     * They own a thread and may wait on it: the mains, and who reads or writes what a person or a program does. And who
     * waits for the disk does so where all that blocks for it runs.
     */
    private static final List<String> WAITING = List.of(
            "registry.RegistryMain",
            "registry.InviteCommand",
            "peer.Program",
            "peer.Training",
            "peer.DemoProcess",
            "peer.script.Outlet",
            "peer.script.Tally",
            "peer.terminal.TerminalScreen",
            "peer.link.socket.EventLoop",
            "peer.stream.Beside");

    ArchRule nothingBlocks() {
        var rule = noClasses().that().resideInAnyPackage(shipped());
        for (var waiting : WAITING) rule = rule.and().doNotHaveFullyQualifiedName(root + "." + waiting);
        return rule.should()
                .accessTargetWhere(blocking())
                .because("everybody shares one dispatcher")
                .allowEmptyShould(true);
    }

    ArchRule noDrawers() {
        return noClasses()
                .should()
                .resideInAnyPackage(
                        "..util..", "..utils..", "..common..", "..helper..", "..helpers..", "..core..", "..impl..")
                .orShould()
                .haveNameMatching(".*(Util|Utils|Helper|Manager|Impl)")
                .because("what has no name of its own has no place")
                .allowEmptyShould(true);
    }

    ArchRule dependenciesRunAsPlanned() {
        return classes()
                .that()
                .resideInAPackage(root + "..")
                .should(condition("know only what the plan lets them know", (type, events) -> {
                    for (var dependency : type.getDirectDependenciesFromSelf()) {
                        var known = place(dependency.getTargetClass());
                        if (known.isPresent() && !mayKnow(place(type).orElse(""), known.get()))
                            events.add(SimpleConditionEvent.violated(dependency, dependency.getDescription()));
                    }
                }))
                .allowEmptyShould(true);
    }

    ArchRule everyPackageHasItsPlaceInThePlan() {
        return classes()
                .that()
                .resideInAPackage(root + "..")
                .should(condition("live in a package of the plan", (type, events) -> {
                    if (place(type).flatMap(House::planned).isEmpty())
                        events.add(SimpleConditionEvent.violated(
                                type, type.getName() + " lives in a package that the plan does not name"));
                }))
                .allowEmptyShould(true);
    }

    ArchRule everyPackageSaysWhatItIs() {
        return classes()
                .that()
                .resideInAPackage(root + "..")
                .should(condition("live in a package with a package-info that is @NullMarked", (type, events) -> {
                    if (!saysWhatItIs(type.getPackage()))
                        events.add(SimpleConditionEvent.violated(
                                type, type.getName() + " has no @NullMarked package-info beside it"));
                }))
                .allowEmptyShould(true);
    }

    private String[] shipped() {
        return new String[] {root + ".messages..", root + ".channel..", root + ".registry..", root + ".peer.."};
    }

    /** Where {@code type} lives in the plan, or else its package; nothing if it is none of ours. */
    private Optional<String> place(JavaClass type) {
        if (!type.getPackageName().startsWith(root + ".")) return Optional.empty();
        var home = type.getPackageName().substring(root.length() + 1);
        return Optional.of(planned(home).orElse(home));
    }

    /** The entry of the plan that covers the package. A main's own package speaks for none below it. */
    private static Optional<String> planned(String home) {
        return MAY_KNOW.keySet().stream()
                .filter(place -> home.equals(place) || (place.contains(".") && home.startsWith(place + ".")))
                .findAny();
    }

    private static boolean mayKnow(String place, String known) {
        return place.equals(known)
                || MAY_KNOW.getOrDefault(place, Set.of()).stream()
                        .anyMatch(allowed -> known.equals(allowed) || known.startsWith(allowed + "."));
    }

    private static boolean saysWhatItIs(JavaPackage folder) {
        return folder.tryGetPackageInfo()
                .map(info -> info.isAnnotatedWith(NullMarked.class))
                .orElse(false);
    }

    private static DescribedPredicate<JavaAccess<?>> blocking() {
        return DescribedPredicate.describe(
                "waits",
                access -> BLOCKING.entrySet().stream()
                        .anyMatch(entry -> access.getTargetOwner().isAssignableTo(entry.getKey())
                                && entry.getValue().contains(access.getName())));
    }

    private interface Check {
        void of(JavaClass type, ConditionEvents events);
    }

    private static ArchCondition<JavaClass> condition(String what, Check check) {
        return new ArchCondition<>(what) {
            @Override
            public void check(JavaClass type, ConditionEvents events) {
                check.of(type, events);
            }
        };
    }
}
