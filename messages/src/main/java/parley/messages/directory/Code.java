package parley.messages.directory;

import java.util.Locale;

/** Why a request was refused. */
public enum Code {
    /** Not readable. */
    SYNTAX,
    /** Not known. */
    VERB,
    /** Not signed in, or signed in already. */
    STATE,
    /** The name has an account, of whichever world. */
    TAKEN,
    /** Nobody can sign up here. */
    CLOSED,
    /** No such invitation, or none given where one is needed. */
    INVITE,
    /** A statement was refused; the text begins with the {@link parley.messages.identity.Appending.Why}. */
    CHAIN,
    /** The connection shows another key than the one that the chain names for it. */
    KEY,
    /** No such account. */
    UNKNOWN,
    /** Not there, or does not allow us: nobody learns which. */
    OFFLINE,
    /** That account's identity has ended. */
    REVOKED,
    /** That mailbox; the text says of what. */
    FULL,
    /** Too often; the text says when to try again. */
    RATE,
    /** Could not be carried out now. */
    BUSY,
    /** The group's log has become longer meanwhile: fetch what is missing, and think again. */
    HEAD,
    /** An entry was refused; the text begins with the {@link parley.messages.group.Taking.Why}. */
    GROUP,
    /** The operator has switched it off. */
    OFF,
    /** Whoever was waited for did not come. */
    LATE;

    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** @throws MalformedLine if {@code word} is none of them */
    public static Code of(String word) {
        for (var code : values()) if (code.word().equals(word)) return code;
        throw new MalformedLine("expected a code of an error that is known");
    }
}
