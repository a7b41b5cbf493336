package parley.peer.transfer;

import com.typesafe.config.Config;

/** The limits of files; what each means and why is in {@code reference.conf}, {@code parley.peer.transfer}. */
public record TransferSettings(long fileBytesMax, int diskKeptFreePercent) {
    /** @param section {@code parley.peer.transfer} */
    public static TransferSettings from(Config section) {
        return new TransferSettings(section.getBytes("file-max"), section.getInt("disk-kept-free-percent"));
    }
}
