package parley.peer.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import parley.messages.classic.Reply;
import parley.messages.classic.Request;
import parley.messages.name.Address;
import parley.peer.command.Input;
import parley.peer.talk.Answer;
import parley.peer.talk.Happening;

class OperationsTest {
    static final ActorTestKit kit = ActorTestKit.create();
    static final Address HERE = new Address("10.0.0.1", 4000);
    static final Standing CONNECTED = Standing.START.with(StandingTest.up(1));
    static final Account ALICE = new Account(
            Fixtures.ALICE,
            Fixtures.PASSWORD,
            kit.<Session.Command>createTestProbe().ref());
    static final Standing SIGNED_IN = CONNECTED.signedIn(ALICE, 1);

    @AfterAll
    static void close() {
        kit.shutdownTestKit();
    }

    @Test
    void whoSignsUpIsToldSo() {
        var operations = operations(CONNECTED, request -> new Reply.Done("welcome"));
        assertThat(ending(operations.signUp(new Input.SignUp(Fixtures.ALICE, Fixtures.PASSWORD))))
                .isEqualTo(done("signup", new Answer.SignedUp(Fixtures.ALICE)));
    }

    @Test
    void whoSignsInIsKnownWithHisPasswordFromThenOn() {
        var operations = operations(CONNECTED, request -> {
            assertThat(request).isEqualTo(new Request.SignIn(Fixtures.ALICE, Fixtures.PASSWORD, HERE));
            return new Reply.Done("welcome");
        });
        assertThat(ending(operations.signIn(new Input.SignIn(Fixtures.ALICE, Fixtures.PASSWORD))))
                .isEqualTo(new Operations.SignedIn(
                        new Operations.Credentials(Fixtures.ALICE, Fixtures.PASSWORD),
                        new Happening.Done("signin", new Answer.SignedIn(Fixtures.ALICE))));
    }

    @Test
    void aRefusalIsPassedOnInTheRegistrysWords() {
        var operations = operations(SIGNED_IN, request -> new Reply.Refused("No, because"));
        var refused = List.of(
                operations.signUp(new Input.SignUp(Fixtures.ALICE, Fixtures.PASSWORD)),
                operations.signIn(new Input.SignIn(Fixtures.ALICE, Fixtures.PASSWORD)),
                operations.list(new Input.ListGroups()),
                operations.members(new Input.Members()),
                operations.create(new Input.Create(Fixtures.TEAM)),
                operations.join(new Input.Join(Fixtures.TEAM)));
        assertThat(refused.stream().map(OperationsTest::ending))
                .containsExactly(
                        failed("signup", "No, because"),
                        failed("signin", "No, because"),
                        failed("list", "No, because"),
                        failed("members", "No, because"),
                        failed("create", "No, because"),
                        failed("join", "No, because"));
        assertThat(ending(operations.signInAgain(ALICE))).isEqualTo(new Operations.RefusedAgain("No, because"));
    }

    @Test
    void withoutARegistryThereIsNothingToSignInTo() {
        var operations = operations(Standing.START, request -> new Reply.Done("never asked"));
        assertThat(ending(operations.signIn(new Input.SignIn(Fixtures.ALICE, Fixtures.PASSWORD))))
                .isEqualTo(failed("signin", "The registry cannot be reached just now"));
    }

    @Test
    void withoutAPasswordNothingIsAsked() {
        var operations = operations(CONNECTED, request -> new Reply.Done("never asked"));
        assertThat(ending(operations.signIn(new Input.SignIn(Fixtures.ALICE, null))))
                .isEqualTo(failed("signin", "A password is missing"));
        assertThat(ending(operations.signUp(new Input.SignUp(Fixtures.ALICE, null))))
                .isEqualTo(failed("signup", "A password is missing"));
    }

    @Test
    void wherePeersCannotReachUsWeDoNotSignIn() {
        var operations = new Operations(
                PlayedLookup.replying(kit, request -> new Reply.Done("never asked")).registry,
                here -> new Address("::1", 4000),
                CONNECTED);
        assertThat(ending(operations.signIn(new Input.SignIn(Fixtures.ALICE, Fixtures.PASSWORD))))
                .isEqualTo(failed(
                        "signin", "Classic peers need an IPv4 address to be reached at, expected --listen with one"));
    }

    @Test
    void whereThereAreNoGroupsTheListIsEmpty() {
        assertThat(ending(operations(CONNECTED, request -> Reply.NO_GROUPS).list(new Input.ListGroups())))
                .isEqualTo(done("list", new Answer.Groups(List.of())));
        assertThat(ending(operations(SIGNED_IN, request -> Reply.NO_MEMBERSHIPS).members(new Input.Members())))
                .isEqualTo(done("members", new Answer.Members(List.of())));
    }

    @Test
    void groupsAndMembersAreListed() {
        var operations = operations(
                SIGNED_IN,
                request -> request instanceof Request.ListGroups
                        ? new Reply.Groups(List.of(new Reply.Groups.Size(Fixtures.TEAM, 2)))
                        : new Reply.Members(List.of(
                                new Reply.Members.Group(Fixtures.TEAM, List.of(Fixtures.ALICE, Fixtures.BOB)))));
        assertThat(ending(operations.list(new Input.ListGroups())))
                .isEqualTo(done("list", new Answer.Groups(List.of(new Answer.Groups.Size(Fixtures.TEAM, 2)))));
        assertThat(ending(operations.members(new Input.Members())))
                .isEqualTo(done(
                        "members",
                        new Answer.Members(List.of(
                                new Answer.Members.Group(Fixtures.TEAM, List.of(Fixtures.ALICE, Fixtures.BOB))))));
    }

    @Test
    void whoJoinsAGroupThatIsNotThereCreatesIt() {
        var operations = operations(SIGNED_IN, request -> {
            assertThat(request).isEqualTo(new Request.Create(Fixtures.TEAM, Fixtures.ALICE));
            return new Reply.Done("created");
        });
        assertThat(ending(operations.join(new Input.Join(Fixtures.TEAM))))
                .isEqualTo(done("join", new Answer.Joined(Fixtures.TEAM, true)));
    }

    @Test
    void whoJoinsAGroupThatIsThereJoinsIt() {
        var operations = operations(
                SIGNED_IN,
                request -> request instanceof Request.Create
                        ? new Reply.Refused("Group team exists")
                        : new Reply.Done("joined"));
        assertThat(ending(operations.join(new Input.Join(Fixtures.TEAM))))
                .isEqualTo(done("join", new Answer.Joined(Fixtures.TEAM, false)));
    }

    @Test
    void nobodyCreatesOrJoinsWithoutBeingSignedIn() {
        var operations = operations(CONNECTED, request -> new Reply.Done("never asked"));
        assertThat(ending(operations.create(new Input.Create(Fixtures.TEAM))))
                .isEqualTo(failed("create", Operations.NOBODY));
        assertThat(ending(operations.join(new Input.Join(Fixtures.TEAM)))).isEqualTo(failed("join", Operations.NOBODY));
    }

    @Test
    void anAnswerThatDoesNotFitIsAFailureLikeAnyOther() {
        assertThat(ending(operations(CONNECTED, request -> new Reply.At(HERE)).list(new Input.ListGroups())))
                .isEqualTo(failed("list", "The registry answered something else"));
    }

    @Test
    void nothingSecretIsPrinted() {
        var who = new Operations.Credentials(Fixtures.ALICE, Fixtures.PASSWORD);
        var ended = new Peer.Ended(new Operations.SignedIn(who, new Happening.Notice("")), null);
        for (var printed :
                List.of(ended, ALICE, SIGNED_IN, new Peer.Run(new Input.SignIn(Fixtures.ALICE, Fixtures.PASSWORD)))) {
            assertThat(printed.toString()).contains("redacted").doesNotContain("canary");
        }
    }

    private static Operations operations(Standing standing, Function<Request, Reply> replies) {
        return new Operations(PlayedLookup.replying(kit, replies).registry, here -> HERE, standing);
    }

    private static Operations.Ending ending(CompletionStage<Operations.Ending> ending) {
        return ending.toCompletableFuture().orTimeout(5, TimeUnit.SECONDS).join();
    }

    private static Operations.Ending done(String verb, Answer answer) {
        return new Operations.Told(new Happening.Done(verb, answer));
    }

    private static Operations.Ending failed(String verb, String why) {
        return new Operations.Told(new Happening.Failed(verb, why));
    }
}
