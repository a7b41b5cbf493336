package parley.registry.relay;

import java.util.function.LongSupplier;
import org.apache.pekko.util.ByteString;

/** From one side to the other. What passes is on both accounts. Belongs to one side. */
public final class Passage {
    private static final Side.Word TAKEN = new Side.Taken();

    private final Side far;
    private final Share own;
    private final Share others;
    private final LongSupplier nanos;

    Passage(Side far, Share own, Share others, LongSupplier nanos) {
        this.far = far;
        this.own = own;
        this.others = others;
        this.nanos = nanos;
    }

    /**
     * Tells the other side, if both accounts have room for it today.
     *
     * @return nanoseconds until the next ones may be read, 0 for at once; {@link Share#USED_UP} if nothing was told
     */
    public long pass(ByteString bytes) {
        long now = nanos.getAsLong();
        long ours = own.pass(bytes.size(), now);
        long theirs = others.pass(bytes.size(), now);
        if (ours == Share.USED_UP || theirs == Share.USED_UP) return Share.USED_UP;
        far.told(new Side.Passed(bytes));
        return Math.max(ours, theirs);
    }

    public void taken() {
        far.told(TAKEN);
    }
}
