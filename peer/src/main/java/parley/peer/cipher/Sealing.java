package parley.peer.cipher;

import java.util.List;
import parley.messages.classic.Sealed;

/** What a cipher answers to who wants something sealed. */
public sealed interface Sealing {
    /** @param chunks as many as there were plain ones, in their order */
    record Done(List<Sealed> chunks) implements Sealing {}

    /** @param why one line, fit to show */
    record Refused(String why) implements Sealing {}
}
