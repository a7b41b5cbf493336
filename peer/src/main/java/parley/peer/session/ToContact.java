package parley.peer.session;

import java.util.List;
import java.util.concurrent.CompletionStage;
import parley.messages.classic.Origin;
import parley.messages.name.UserName;
import parley.peer.link.Delivery;
import parley.peer.talk.Party;

/** To one user, where the registry says that he is now. */
record ToContact(UserName me, UserName contact, Registry registry, Packing packing, Cipher cipher) implements Carrier {
    @Override
    public CompletionStage<Parcel.Reached> carry(Parcel parcel) {
        return packing.pack(parcel, new Origin.User(me), new Party.User(contact), cipher)
                .thenCompose(packed -> registry.whereIs(contact).thenCompose(address -> packing.send(address, packed)))
                .thenApply(delivery -> switch (delivery) {
                    case Delivery.Delivered all -> new Parcel.Reached(1, List.of());
                    case Delivery.Unreachable(var why) -> throw new NotDelivered("%s: %s".formatted(contact, why));
                    case Delivery.Broken(var why) -> throw new NotDelivered("%s: %s".formatted(contact, why));
                });
    }
}
