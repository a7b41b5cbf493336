package parley.peer.session;

import java.net.BindException;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.channels.UnresolvedAddressException;
import java.security.SecureRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.apache.pekko.actor.typed.ActorSystem;
import org.jspecify.annotations.Nullable;
import parley.messages.name.Address;
import parley.messages.name.BadName;
import parley.peer.cipher.OwnKeyPair;
import parley.peer.link.Dialler;
import parley.peer.link.Listener;
import parley.peer.talk.Screen;
import parley.peer.transfer.Downloads;

/**
 * What takes time to make and lives as long as the peer.
 *
 * @param listening where we listen, as it is shown
 */
record Parts(OwnKeyPair keys, Listener listener, Address listening, Packing packing) {
    /** What is shown for all addresses, whichever of IPv4's and IPv6's the system calls it. */
    private static final String ANY = "0.0.0.0";

    /** Fails with {@link NotDelivered} if the address cannot be listened on or the download folder cannot be used. */
    static CompletionStage<Parts> assemble(
            ActorSystem<?> system, PeerSettings settings, Screen screen, Reception.Introducer introducer) {
        // An exponentiation takes longer than a thread of the dispatcher should be held at the start.
        var keys = CompletableFuture.supplyAsync(
                () -> OwnKeyPair.create(new SecureRandom()), system.executionContext()::execute);
        var downloads = Downloads.open(system, settings.transfer(), settings.downloads())
                .<Downloads>handle((opened, failure) -> orElseThrow(opened, failure, Parts::message));
        return keys.thenCombine(downloads, Pieces::new).thenCompose(made -> {
            var reception = new Reception(introducer, made.downloads()::offer, screen, System::nanoTime);
            var listen = settings.listen();
            var own = made.keys().publicValue();
            return Listener.bind(system, settings.link(), listen.getHostString(), listen.getPort(), own, reception)
                    .<Listener>handle((bound, failure) ->
                            orElseThrow(bound, failure, cause -> cannotListen(listen, reason(cause))))
                    .thenApply(listener -> {
                        var dialler = Dialler.create(system, settings.link(), own);
                        var packing = new Packing(system, dialler, settings.transfer(), screen, System::nanoTime);
                        return new Parts(made.keys(), listener, listening(listen, listener), packing);
                    });
        });
    }

    private record Pieces(OwnKeyPair keys, Downloads downloads) {}

    private static Address listening(InetSocketAddress wanted, Listener listener) {
        var address = listener.address();
        var host = address.getAddress().isAnyLocalAddress()
                ? ANY
                : address.getAddress().getHostAddress();
        try {
            return new Address(host, address.getPort());
        } catch (BadName noIpv4) {
            throw new NotDelivered(cannotListen(wanted, "classic peers need an IPv4 address"));
        }
    }

    /**
     * Where others reach us. If we listen on all addresses it is the one under which the registry sees us.
     *
     * @param here our end of the connection to the registry
     * @throws BadName if that is no IPv4 address
     */
    Address reachable(InetSocketAddress here) {
        var host = listening.host().equals(ANY) ? here.getAddress().getHostAddress() : listening.host();
        return new Address(host, listening.port());
    }

    private static String cannotListen(InetSocketAddress wanted, String why) {
        return "Cannot listen on %s:%d: %s".formatted(wanted.getHostString(), wanted.getPort(), why);
    }

    private static String reason(Throwable failure) {
        return switch (failure) {
            case UnresolvedAddressException unknown -> "there is no such host";
            case UnknownHostException unknown -> "there is no such host";
            // Pekko puts the address in front, which is said already.
            case BindException taken -> message(taken).replaceFirst("^\\[.*?] ", "");
            case Throwable wrapped when wrapped.getCause() != null -> reason(wrapped.getCause());
            default -> message(failure);
        };
    }

    private static String message(Throwable failure) {
        if (failure instanceof CompletionException && failure.getCause() != null) return message(failure.getCause());
        var message = failure.getMessage();
        return message == null ? failure.getClass().getSimpleName() : message;
    }

    private static <T> T orElseThrow(@Nullable T made, @Nullable Throwable failure, Function<Throwable, String> why) {
        if (made != null) return made;
        throw new NotDelivered(failure == null ? "Nothing was made" : why.apply(failure));
    }
}
