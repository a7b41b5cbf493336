package parley.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static parley.registry.RunningRegistry.answered;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.CompletionStage;
import java.util.stream.IntStream;
import org.apache.pekko.actor.testkit.typed.javadsl.TestProbe;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import parley.messages.name.Address;
import parley.messages.name.GroupName;
import parley.messages.name.Password;
import parley.messages.name.UserName;
import parley.registry.group.GroupDirectory;
import parley.registry.group.GroupRegistry;
import parley.registry.user.ConnectionNotice;
import parley.registry.user.UserRegistry;

/** The actors together, sharded, on SQLite. What is answered must be there after a restart. */
class RegistryOnDiskTest {
    private static final Password PASSWORD = new Password("correct-horse");
    private static final Address HOME = new Address("127.0.0.1", 41_233);
    private static final UserName ALICE = new UserName("alice");
    private static final UserName BOB = new UserName("bob");
    private static final GroupName TEAM = new GroupName("team");

    @TempDir
    Path folder;

    @Test
    void everythingAnsweredIsThereAfterARestart() throws Exception {
        GroupRegistry.KeyAnswer key;
        try (var registry = RunningRegistry.start(folder)) {
            assertThat(signUp(registry, ALICE)).isEqualTo(new UserRegistry.SignedUp());
            assertThat(signUp(registry, BOB)).isEqualTo(new UserRegistry.SignedUp());
            assertThat(signIn(registry, ALICE, PASSWORD)).isEqualTo(new UserRegistry.SignedIn());
            assertThat(whereIs(registry, ALICE)).isEqualTo(new UserRegistry.At(HOME));
            assertThat(create(registry, TEAM, ALICE)).isEqualTo(new GroupRegistry.Created());
            assertThat(join(registry, TEAM, BOB)).isEqualTo(new GroupRegistry.Joined());
            key = key(registry, TEAM, BOB);
            assertThat(key).isInstanceOf(GroupRegistry.Key.class);
        }
        try (var registry = RunningRegistry.start(folder)) {
            assertThat(list(registry)).containsExactly(new GroupDirectory.Size(TEAM, 2));
            assertThat(whereIs(registry, ALICE)).as("presence is not kept").isEqualTo(new UserRegistry.Offline());
            assertThat(signUp(registry, ALICE)).isEqualTo(new UserRegistry.NameTaken());
            assertThat(signIn(registry, BOB, PASSWORD)).isEqualTo(new UserRegistry.SignedIn());
            assertThat(groups(registry, BOB)).containsExactly(TEAM);
            assertThat(members(registry, TEAM)).containsExactly(ALICE, BOB);
            assertThat(key(registry, TEAM, BOB)).isEqualTo(key);
            assertThat(create(registry, TEAM, BOB)).isEqualTo(new GroupRegistry.GroupExists());
        }
    }

    @Test
    void oneOfAThousandWhoWantTheSameNameAtOnceGetsIt() throws Exception {
        try (var registry = RunningRegistry.start(folder)) {
            var answers = IntStream.range(0, 1_000)
                    .mapToObj(i -> registry.<UserRegistry.Command, UserRegistry.SignUpAnswer>asking(
                            registry.users.of(ALICE),
                            replyTo -> new UserRegistry.SignUp(new Password("password" + i), replyTo)))
                    .toList();
            assertThat(answers.stream().map(RunningRegistry::answered))
                    .hasSize(1_000)
                    .filteredOn(new UserRegistry.SignedUp()::equals)
                    .hasSize(1);
            int winner = IntStream.range(0, 1_000)
                    .filter(i -> answered(answers.get(i)).equals(new UserRegistry.SignedUp()))
                    .findFirst()
                    .orElseThrow();
            assertThat(signIn(registry, ALICE, new Password("password" + winner)))
                    .as("and the password that counts is the winner's")
                    .isEqualTo(new UserRegistry.SignedIn());
        }
        assertThat(rows("user|alice")).isEqualTo(1);
    }

    @Test
    void whoGuessesPasswordsMustStillWaitAfterARestart() throws Exception {
        try (var registry = RunningRegistry.start(folder, "parley.registry.sign-in.first-delay = 10m")) {
            signUp(registry, ALICE);
            for (int i = 0; i < 5; i++) {
                assertThat(signIn(registry, ALICE, new Password("guess" + i)))
                        .isEqualTo(new UserRegistry.WrongNameOrPassword());
            }
        }
        try (var registry = RunningRegistry.start(folder, "parley.registry.sign-in.first-delay = 10m")) {
            assertThat(signIn(registry, ALICE, PASSWORD)).isInstanceOf(UserRegistry.TooManyAttempts.class);
        }
    }

    @Test
    void aHundredGuessesAtOnceAreNoMoreThanFive() throws Exception {
        try (var registry = RunningRegistry.start(folder)) {
            signUp(registry, ALICE);
            var answers = IntStream.range(0, 100)
                    .mapToObj(i -> signingIn(registry, ALICE, new Password("guess" + i)))
                    .toList();
            assertThat(answers.stream().map(RunningRegistry::answered))
                    .filteredOn(new UserRegistry.WrongNameOrPassword()::equals)
                    .hasSizeLessThanOrEqualTo(6); // the sixth only if the first second had passed meanwhile
        }
    }

    @Test
    void everyGroupCreatedAtOnceStandsInTheListInTheOrderOfNames() throws Exception {
        var names = IntStream.range(0, 200)
                .mapToObj(i -> new GroupName("group%03d".formatted(i)))
                .toList();
        try (var registry = RunningRegistry.start(folder)) {
            var answers = names.reversed().stream()
                    .map(name -> creating(registry, name, ALICE))
                    .toList();
            assertThat(answers.stream().map(RunningRegistry::answered)).containsOnly(new GroupRegistry.Created());
            assertThat(list(registry)).extracting(GroupDirectory.Size::group).isEqualTo(names);
            assertThat(groups(registry, ALICE)).isEqualTo(names);
        }
    }

    @Test
    void everyOneOfManyWhoJoinAtOnceIsAMemberOnce() throws Exception {
        try (var registry = RunningRegistry.start(folder)) {
            create(registry, TEAM, ALICE);
            var answers = IntStream.range(0, 300)
                    .mapToObj(i -> joining(registry, TEAM, new UserName("user" + i % 100)))
                    .toList();
            assertThat(answers.stream().map(RunningRegistry::answered))
                    .filteredOn(new GroupRegistry.Joined()::equals)
                    .hasSize(100);
            assertThat(members(registry, TEAM)).hasSize(101).doesNotHaveDuplicates();
            assertThat(list(registry)).containsExactly(new GroupDirectory.Size(TEAM, 101));
        }
    }

    @Test
    void snapshotsReplaceTheEventsBeforeThem() throws Exception {
        try (var registry = RunningRegistry.start(folder, "parley.registry.journal.snapshot-every = 10")) {
            for (int i = 0; i < 55; i++) create(registry, new GroupName("group" + i), ALICE);
            TestProbe.create(registry.system).awaitAssert(Duration.ofSeconds(10), () -> {
                assertThat(rows("user|alice")).isBetween(1, 35);
                return null;
            });
        }
        try (var registry = RunningRegistry.start(folder)) {
            assertThat(groups(registry, ALICE)).hasSize(55);
        }
    }

    @Test
    void nobodyElseCanOpenTheJournal() throws Exception {
        try (var registry = RunningRegistry.start(folder.resolve("data"));
                var files = Files.list(folder.resolve("data"))) {
            signUp(registry, ALICE);
            assertThat(files)
                    .hasSizeGreaterThan(1)
                    .allSatisfy(file -> assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                            .as(file.toString())
                            .isEqualTo("rw-------"));
        }
    }

    /**
     * A level of 2 is FULL: the log is synced at every commit, so that a power failure takes nothing that was answered.
     */
    @Test
    void everyCommitIsSynced() throws Exception {
        try (var registry = RunningRegistry.start(folder)) {
            signUp(registry, ALICE);
            assertThat(Files.exists(folder.resolve("journal.sqlite-wal"))).isTrue();
            var db = registry.system.settings().config().getConfig("pekko-persistence-jdbc.shared-databases.sqlite.db");
            var options = new Properties();
            db.getConfig("properties")
                    .entrySet()
                    .forEach(e -> options.setProperty(
                            e.getKey(), e.getValue().unwrapped().toString()));
            try (var connection = DriverManager.getConnection(db.getString("url"), options)) {
                assertThat(pragma(connection, "synchronous")).isEqualTo("2");
                assertThat(pragma(connection, "journal_mode")).isEqualTo("wal");
            }
        }
    }

    private static String pragma(Connection connection, String name) throws SQLException {
        try (var statement = connection.createStatement();
                var row = statement.executeQuery("PRAGMA " + name)) {
            return row.getString(1);
        }
    }

    private static UserRegistry.SignUpAnswer signUp(RunningRegistry registry, UserName name) {
        return registry.ask(registry.users.of(name), replyTo -> new UserRegistry.SignUp(PASSWORD, replyTo));
    }

    private static UserRegistry.SignInAnswer signIn(RunningRegistry registry, UserName name, Password password) {
        return answered(signingIn(registry, name, password));
    }

    private static CompletionStage<UserRegistry.SignInAnswer> signingIn(
            RunningRegistry registry, UserName name, Password password) {
        var connection = TestProbe.<ConnectionNotice>create(registry.system);
        return registry.asking(
                registry.users.of(name),
                replyTo -> new UserRegistry.SignIn(password, HOME, "127.0.0.1", connection.ref(), replyTo));
    }

    private static UserRegistry.WhereIsAnswer whereIs(RunningRegistry registry, UserName name) {
        return registry.ask(registry.users.of(name), UserRegistry.WhereIs::new);
    }

    private static List<GroupName> groups(RunningRegistry registry, UserName name) {
        return registry.<UserRegistry.Command, UserRegistry.Groups>ask(
                        registry.users.of(name), UserRegistry.GroupsOf::new)
                .groups();
    }

    private static GroupRegistry.CreateAnswer create(RunningRegistry registry, GroupName name, UserName owner) {
        return answered(creating(registry, name, owner));
    }

    private static CompletionStage<GroupRegistry.CreateAnswer> creating(
            RunningRegistry registry, GroupName name, UserName owner) {
        return registry.asking(registry.groups.of(name), replyTo -> new GroupRegistry.Create(owner, replyTo));
    }

    private static GroupRegistry.JoinAnswer join(RunningRegistry registry, GroupName name, UserName user) {
        return answered(joining(registry, name, user));
    }

    private static CompletionStage<GroupRegistry.JoinAnswer> joining(
            RunningRegistry registry, GroupName name, UserName user) {
        return registry.asking(registry.groups.of(name), replyTo -> new GroupRegistry.Join(user, replyTo));
    }

    private static GroupRegistry.KeyAnswer key(RunningRegistry registry, GroupName name, UserName user) {
        return registry.ask(registry.groups.of(name), replyTo -> new GroupRegistry.KeyOf(user, replyTo));
    }

    private static List<UserName> members(RunningRegistry registry, GroupName name) {
        var answer = registry.<GroupRegistry.Command, GroupRegistry.MembersAnswer>ask(
                registry.groups.of(name), GroupRegistry.MembersOf::new);
        return ((GroupRegistry.Members) answer).members();
    }

    private static List<GroupDirectory.Size> list(RunningRegistry registry) {
        return answered(registry.groups.list(1_000_000, RunningRegistry.PATIENCE));
    }

    private int rows(String persistenceId) throws Exception {
        try (var connection = DriverManager.getConnection("jdbc:sqlite:" + folder.resolve("journal.sqlite"));
                var query =
                        connection.prepareStatement("SELECT count(*) FROM event_journal WHERE persistence_id = ?")) {
            query.setString(1, persistenceId);
            try (var row = query.executeQuery()) {
                return row.getInt(1);
            }
        }
    }
}
