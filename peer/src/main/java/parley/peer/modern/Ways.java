package parley.peer.modern;

import java.util.concurrent.CompletionStage;
import parley.messages.directory.Code;
import parley.messages.directory.Request;
import parley.messages.name.PeerAddress;
import parley.messages.name.UserName;
import parley.messages.wire.Envelope;
import parley.messages.wire.EnvelopeCodec;
import parley.peer.delivery.Paths;

/** The links and the registry, as one contact's delivery knows them. */
record Ways(UserName contact, Inquiry registry, Wiring links) implements Paths {
    @Override
    public void dial(PeerAddress address) {
        links.dial(contact, address);
    }

    @Override
    public void send(int link, Envelope envelope) {
        links.send(contact, link, envelope);
    }

    @Override
    public CompletionStage<Deposit> deposit(Envelope envelope) {
        var request = new Request.Deposit(contact, EnvelopeCodec.encode(envelope));
        return registry.ask(request).thenApply(outcome -> switch (outcome) {
            case Inquiry.Answered kept -> new Kept();
            case Inquiry.Refused(var code, var why) -> refused(code, why);
            case Inquiry.Unreachable(var why) -> new Later(why);
        });
    }

    private Deposit refused(Code code, String why) {
        return switch (code) {
            case UNKNOWN -> new Never("There is no account " + contact);
            case REVOKED -> new Never("%s has ended this identity".formatted(contact));
            case FULL -> new Later("The mailbox of %s is full: %s; tried again later".formatted(contact, why));
            case RATE, BUSY -> new Later("The registry is busy: %s; tried again later".formatted(why));
            case SYNTAX, VERB, STATE, TAKEN, CLOSED, INVITE, CHAIN, KEY, OFFLINE, HEAD, GROUP, OFF, LATE ->
                new Later("The registry refuses to take texts for %s: %s".formatted(contact, why));
        };
    }
}
