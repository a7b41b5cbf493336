package parley.peer.session;

import java.net.InetSocketAddress;
import java.security.SecureRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.actor.typed.ActorSystem;
import parley.messages.name.Address;
import parley.peer.cipher.OwnKeyPair;
import parley.peer.link.Dialler;
import parley.peer.link.Listener;
import parley.peer.talk.Screen;
import parley.peer.transfer.Downloads;

/** What takes time to make and lives as long as the peer. */
record Parts(OwnKeyPair keys, Listener listener, Packing packing) {
    /** Fails if the address cannot be listened on or the download folder cannot be used. */
    static CompletionStage<Parts> assemble(
            ActorSystem<?> system, PeerSettings settings, Screen screen, Reception.Introducer introducer) {
        // An exponentiation takes longer than a thread of the dispatcher should be held at the start.
        var keys = CompletableFuture.supplyAsync(
                () -> OwnKeyPair.create(new SecureRandom()), system.executionContext()::execute);
        return keys.thenCombine(Downloads.open(system, settings.transfer(), settings.downloads()), Pieces::new)
                .thenCompose(made -> {
                    var reception = new Reception(introducer, made.downloads(), screen, System::nanoTime);
                    var listen = settings.listen();
                    var own = made.keys().publicValue();
                    return Listener.bind(
                                    system, settings.link(), listen.getHostString(), listen.getPort(), own, reception)
                            .thenApply(listener -> {
                                var dialler = Dialler.create(system, settings.link(), own);
                                var packing =
                                        new Packing(system, dialler, settings.transfer(), screen, System::nanoTime);
                                return new Parts(made.keys(), listener, packing);
                            });
                });
    }

    private record Pieces(OwnKeyPair keys, Downloads downloads) {}

    /** Where we listen, as it is shown. */
    Address listening() {
        return new Address(listener.address().getAddress().getHostAddress(), listener.address().getPort());
    }

    /**
     * Where others reach us. If we listen on all addresses it is the one under which the registry sees us.
     *
     * @param here our end of the connection to the registry
     */
    Address reachable(InetSocketAddress here) {
        var host = listener.address().getAddress().isAnyLocalAddress() ? here : listener.address();
        return new Address(host.getAddress().getHostAddress(), listener.address().getPort());
    }
}
