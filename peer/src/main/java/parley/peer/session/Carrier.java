package parley.peer.session;

import java.util.concurrent.CompletionStage;

/** Takes a parcel to one party. Fails with {@link NotDelivered} if nobody received it. */
@FunctionalInterface
interface Carrier {
    CompletionStage<Parcel.Reached> carry(Parcel parcel);
}
