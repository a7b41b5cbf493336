package parley.peer.modern;

import java.util.concurrent.CompletionStage;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.stream.javadsl.Sink;
import org.apache.pekko.stream.javadsl.Source;
import org.apache.pekko.util.ByteString;
import parley.messages.directory.Code;
import parley.messages.directory.RelayCall;
import parley.messages.directory.RelayToken;
import parley.messages.identity.IdentityKey;
import parley.messages.name.UserName;
import parley.peer.file.FilesSurroundings;
import parley.peer.lookup.relay.RelayDial;
import parley.peer.store.OwnKeys;

/** The registry's relay, with the key that our chain has when it is called. */
record Relaying(ActorSystem<?> system, ModernSettings settings, IdentityKey pin, OwnKeys keys)
        implements FilesSurroundings.Relay {
    @Override
    public CompletionStage<Outcome> call(UserName with, ByteString token) {
        return RelayDial.create(system, settings.registry(), pin, Calling.credentials(keys.tls()), settings.relay())
                .call(new RelayCall(keys.chain().name(), with, new RelayToken(token)))
                .outcome()
                .thenApply(outcome -> switch (outcome) {
                    case parley.peer.lookup.relay.Outcome.Relayed(var connection) ->
                        new Connected(
                                connection,
                                () -> Source.<ByteString>empty().via(connection).runWith(Sink.cancelled(), system));
                    case parley.peer.lookup.relay.Outcome.NotRelayed(var code, var text) ->
                        new NotConnected(
                                code.filter(known -> known == Code.OFF || known == Code.RATE)
                                        .isPresent(),
                                text);
                });
    }
}
