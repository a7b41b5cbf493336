package parley.peer.session;

import java.net.InetSocketAddress;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import parley.messages.classic.Request;
import parley.messages.name.Address;
import parley.messages.name.BadName;
import parley.messages.name.Password;
import parley.messages.name.UserName;
import parley.peer.command.Input;
import parley.peer.talk.Answer;
import parley.peer.talk.Happening;

/** The commands that the registry carries out; each ends, and never fails as a stage. */
record Operations(Registry registry, Reachable reachable, Standing standing) {
    static final String NOBODY = "Nobody is signed in, expected signin NAME first";

    /** Prints without the password. */
    record Credentials(UserName user, Password password) {}

    /** How an operation ended. */
    sealed interface Ending {}

    /** Nothing changed for us. */
    record Told(Happening happening) implements Ending {}

    record SignedIn(Credentials who, Happening happening) implements Ending {}

    record SignedInAgain() implements Ending {}

    record RefusedAgain(String why) implements Ending {}

    CompletionStage<Ending> signUp(Input.SignUp input) {
        return ending(
                input,
                registered(
                                input.password(),
                                (password, address) ->
                                        registry.grant(new Request.SignUp(input.user(), password, address)))
                        .thenApply(granted -> new Answer.SignedUp(input.user())));
    }

    CompletionStage<Ending> signIn(Input.SignIn input) {
        var password = input.password();
        return registered(
                        password,
                        (given, address) -> registry.grant(new Request.SignIn(input.user(), given, address))
                                .thenApply(granted -> new Credentials(input.user(), given)))
                .<Ending>thenApply(
                        who -> new SignedIn(who, new Happening.Done(input.verb(), new Answer.SignedIn(who.user()))))
                .exceptionally(refused -> failed(input, refused));
    }

    /** On a new connection to the registry, which does not know yet whose it is. */
    CompletionStage<Ending> signInAgain(Account account) {
        return registered(
                        account.password(),
                        (password, address) -> registry.grant(new Request.SignIn(account.user(), password, address)))
                .<Ending>thenApply(granted -> new SignedInAgain())
                .exceptionally(refused -> new RefusedAgain(NotDelivered.why(refused)));
    }

    CompletionStage<Ending> list(Input.ListGroups input) {
        return ending(
                input,
                registry.groups()
                        .thenApply(sizes -> new Answer.Groups(sizes.stream()
                                .map(size -> new Answer.Groups.Size(size.group(), size.members()))
                                .toList())));
    }

    CompletionStage<Ending> members(Input.Members input) {
        return ending(
                input,
                registry.members()
                        .thenApply(groups -> new Answer.Members(groups.stream()
                                .map(listed -> new Answer.Members.Group(listed.group(), listed.members()))
                                .toList())));
    }

    CompletionStage<Ending> create(Input.Create input) {
        return ending(
                input,
                signedIn()
                        .thenCompose(me -> registry.grant(new Request.Create(input.group(), me)))
                        .thenApply(granted -> new Answer.Created(input.group())));
    }

    /** Creates first: to ask before would only leave time for somebody else to create it in between. */
    CompletionStage<Ending> join(Input.Join input) {
        return ending(
                input,
                signedIn()
                        .thenCompose(me -> registry.grant(new Request.Create(input.group(), me))
                                .thenApply(created -> new Answer.Joined(input.group(), true))
                                .exceptionallyCompose(exists -> registry.grant(new Request.Join(input.group(), me))
                                        .thenApply(joined -> new Answer.Joined(input.group(), false)))));
    }

    /** {@link Parts#reachable} */
    interface Reachable {
        Address from(InetSocketAddress here);
    }

    private interface WithPassword<T> {
        CompletionStage<T> at(Password password, Address address);
    }

    private <T> CompletionStage<T> registered(@Nullable Password password, WithPassword<T> request) {
        var here = standing.here();
        if (password == null) return refused("A password is missing");
        if (here == null) return refused("The registry cannot be reached just now");
        try {
            return request.at(password, reachable.from(here));
        } catch (BadName noIpv4) {
            return refused("Classic peers need an IPv4 address to be reached at, expected --listen with one");
        }
    }

    private CompletionStage<UserName> signedIn() {
        var account = standing.account();
        return account == null ? refused(NOBODY) : CompletableFuture.completedFuture(account.user());
    }

    private static CompletionStage<Ending> ending(Input input, CompletionStage<? extends Answer> answer) {
        Function<Answer, Ending> done = good -> new Told(new Happening.Done(input.verb(), good));
        return answer.<Ending>thenApply(done).exceptionally(refused -> failed(input, refused));
    }

    private static Ending failed(Input input, Throwable refused) {
        return new Told(new Happening.Failed(input.verb(), NotDelivered.why(refused)));
    }

    private static <T> CompletionStage<T> refused(String why) {
        return CompletableFuture.failedFuture(new NotDelivered(why));
    }
}
