package parley.peer.modern;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import parley.messages.directory.Code;
import parley.messages.directory.Invite;
import parley.messages.directory.Reply;
import parley.messages.directory.Request;
import parley.messages.identity.KeyChain;
import parley.messages.name.PeerAddress;

/**
 * Signing up and in. Its stages never fail.
 *
 * @param invite with which the account is signed up, if it takes one
 */
record Registration(Inquiry registry, Optional<Invite> invite) {
    sealed interface Entry {}

    record In(Reply.SignedIn as) implements Entry {}

    /** The registry does not want us, and will not tomorrow. */
    record Out(String why) implements Entry {}

    /** Worth trying again. */
    record Away(String why) implements Entry {}

    /**
     * An account that the registry does not know was enrolled by a program that did not live to hear so: it is signed up
     * now.
     */
    CompletionStage<Entry> signIn(KeyChain own, Optional<PeerAddress> reachableAt) {
        var request = new Request.SignIn(own.name(), reachableAt);
        return registry.ask(request).thenCompose(outcome -> switch (outcome) {
            case Inquiry.Refused(var code, var why)
            when code == Code.UNKNOWN ->
                registry.ask(new Request.SignUp(own.name(), own.statements(), invite))
                        .thenCompose(signedUp -> switch (signedUp) {
                            case Inquiry.Answered done -> registry.ask(request).thenApply(Registration::entry);
                            case Inquiry.Refused(var again, var reason) ->
                                done(new Out("The registry does not know %s: %s".formatted(own.name(), reason)));
                            case Inquiry.Unreachable(var reason) -> done(new Away(reason));
                        });
            case Inquiry.Outcome other -> done(entry(other));
        });
    }

    CompletionStage<Inquiry.Outcome> signUp(KeyChain own) {
        return registry.ask(new Request.SignUp(own.name(), List.copyOf(own.statements()), invite));
    }

    private static Entry entry(Inquiry.Outcome outcome) {
        return switch (outcome) {
            case Inquiry.Answered(Reply.SignedIn as) -> new In(as);
            case Inquiry.Answered other -> new Away("The registry answered something else");
            case Inquiry.Refused(var code, var why) ->
                switch (code) {
                    case BUSY, RATE, STATE -> new Away(why);
                    case KEY ->
                        new Out("The registry knows another key of this account: was it used on another machine?");
                    case REVOKED -> new Out("This identity has ended");
                    case UNKNOWN, TAKEN, CLOSED, INVITE, CHAIN, OFFLINE, FULL, SYNTAX, VERB, HEAD, GROUP, OFF, LATE ->
                        new Out(why);
                };
            case Inquiry.Unreachable(var why) -> new Away(why);
        };
    }

    private static CompletionStage<Entry> done(Entry entry) {
        return CompletableFuture.completedStage(entry);
    }
}
