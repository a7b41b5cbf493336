package parley.peer.command;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The first word of every command, how it goes on, and what it does. */
public enum Verb {
    SIGNUP("signup NAME [PASSWORD] [INVITE CODE]", "make an account", """
            A name has 1 to 32 of a-z 0-9 _ . - and is yours in this registry for good.
            A password that is not typed is asked for without showing it. It unlocks what is kept on this machine and
            never leaves it. The recovery words that are shown once can end the account: keep them on paper."""),
    SIGNIN("signin NAME [PASSWORD]", "become reachable, and reach others", """
            A password that is not typed is asked for without showing it.
            You stay signed in until you leave, also when the registry goes away and comes back."""),
    LIST("LIST", "show groups with their number of members", """
            Of modern groups the open ones and those that you are in, of classic ones all."""),
    MEMBERS("MEMBERS [GROUP]", "show who is in your groups, or in one of them", ""),
    CREATE("CREATE GROUP [POLICY]", "make a group; you are its first member", """
            The policy says who may come in; without one it is invite.
                open       anybody may join, and every member may invite
                invite     admins invite
                members    every member may invite
                closed     nobody comes in
            Whoever makes a group is its admin. A classic group has neither policy nor admins."""),
    JOIN("JOIN GROUP", "enter a group that is open", """
            Nobody sees what was written before he came. A classic group is made if there is none."""),
    LEAVE("LEAVE GROUP", "be in a group no longer", "You keep what was written until then."),
    INVITE("INVITE GROUP NAME", "make somebody a member of a group", "Who may do so is the group's policy."),
    REMOVE("REMOVE GROUP NAME", "take somebody out of a group", """
            Admins may. Nothing that is written from then on can be read by whoever was removed."""),
    ADMIN("ADMIN GROUP NAME [off]", "make a member an admin, or no longer one", """
            Admins invite, remove, make admins and set the policy. Who is longest in a group without admins becomes one."""),
    GROUP("GROUP NAME [POLICY]", "show who is in a group, or say who may come in", """
            Policies are open, invite, members and closed: HELP CREATE explains them. The head is the same on the screens of
            all members, or somebody shows them different groups."""),
    SEND("""
            SEND NAME TEXT
            SEND NAME FILE PATH
            SEND GROUP NAME[,NAME...] TEXT
            SEND GROUP NAME[,NAME...] FILE PATH""", "send a text or a file to a user or to groups", """
            A path may be quoted, '...' or "...", and start with ~. What is modern goes to one group.
            The file is read when it is sent, which may be later: one that was changed or is gone then is not sent.
            -- ends the keyword that could stand in its place:
                SEND bob -- FILE is text     sends "FILE is text", and all blanks as they are
                SEND bob --                  sends an empty text
                SEND -- group hello          reaches a user who is called group"""),
    CONTACTS("CONTACTS", "show whom you know, and who waits to be accepted", ""),
    ACCEPT("""
            ACCEPT NAME [DIGITS]
            ACCEPT ID""", "accept a request, a contact's new identity, or a file", """
            Shows what has waited. From then on both see whether the other is there, and what was delivered and read.
            A new identity is accepted if it is the one whose digits VERIFY showed you last, or with the digits that the
            other side reads out. Compare them first: whoever runs the registry could have made it."""),
    BLOCK(
            "BLOCK NAME",
            "want nothing more from somebody",
            "What has waited is deleted; nobody is told. ACCEPT undoes it."),
    VERIFY("VERIFY NAME [DIGITS]", "see whether it is really they", """
            Shows 60 digits and a QR code, which are the same on both sides. Compare them by voice or in person, then say so
            with the digits that the other side reads out: VERIFY bob 12345 67890 ..."""),
    HISTORY("HISTORY NAME [N]", "show the last 20 texts and files, or N of them", """
            A contact of that name comes before a group: HISTORY GROUP bob is the group. -- ends that keyword."""),
    SEARCH("SEARCH WORDS [in NAME]", "find texts, newest first", """
            Letters match in any case, also within words. NAME is a contact or a group: SEARCH lunch in group bob."""),
    READ("READ NAME", "say that you have read all from somebody, or of a group", "READ GROUP bob is the group."),
    STATUS("STATUS", "show registry, links, outbox and mailbox", ""),
    TRANSFERS("TRANSFERS", "show files that are on their way", ""),
    PAUSE("PAUSE ID", "let a file stand still", """
            An id is what TRANSFERS shows, or the beginning of it. What is there stays; RESUME goes on behind it."""),
    RESUME("RESUME ID", "let a file go on", ""),
    CANCEL("CANCEL ID", "send a file no further, or do not take it", "The other side is told. Nothing is left of it."),
    PASSWD("PASSWD [OLD NEW]", "change the password", "Backups keep the password that they were made with."),
    EXPORT("EXPORT FILE [PASSWORD]", "back up everything into a sealed file", "The file has a password of its own."),
    IMPORT("IMPORT FILE [PASSWORD]", "take a backup back, on a machine without the account", """
            Then signin with the password that the account had when it was exported. Never use an account on two machines."""),
    REVOKE("REVOKE NAME [WORDS]", "end an account for good, with its recovery words", """
            For when a machine was stolen: nobody can sign in any more, and contacts are told. Cannot be undone."""),
    HELP("HELP [COMMAND]", "explain all commands, or one", ""),
    EXIT("EXIT", "leave; so do Ctrl-D, and Ctrl-C on an empty line", "");

    private final String forms;
    private final String purpose;
    private final String more;

    Verb(String forms, String purpose, String more) {
        this.forms = forms;
        this.purpose = purpose;
        this.more = more;
    }

    /** How the command is written; most can be in one way only. */
    List<String> forms() {
        return forms.lines().toList();
    }

    String purpose() {
        return purpose;
    }

    /** What one should know besides; may be empty. */
    String more() {
        return more;
    }

    /** As commands are called in outcomes: in lower case. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** All words, in the order in which help shows them. */
    public static List<String> words() {
        return Arrays.stream(values()).map(Verb::word).toList();
    }

    /** The verb that {@code typed} is, in any case of letters. */
    public static Optional<Verb> of(String typed) {
        return Arrays.stream(values())
                .filter(verb -> verb.name().equalsIgnoreCase(typed))
                .findFirst();
    }
}
