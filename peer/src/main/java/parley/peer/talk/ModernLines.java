package parley.peer.talk;

import static parley.peer.talk.Lines.answer;
import static parley.peer.talk.Lines.counted;
import static parley.peer.talk.Lines.news;
import static parley.peer.talk.Lines.said;

import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import parley.messages.name.GroupName;
import parley.messages.name.UserName;
import parley.peer.talk.Line.Tone;

/** What happens between modern accounts, in words. */
final class ModernLines {
    private static final DateTimeFormatter MOMENT = DateTimeFormatter.ofPattern("d MMM HH:mm", Locale.ENGLISH);
    private static final int DIGITS = 5;
    private static final int GROUPS_A_LINE = 4;
    /** Also in 40 columns no word is broken: they are copied by hand. */
    private static final int WORDS_A_LINE = 4;

    static List<Line> of(Mail mail) {
        return switch (mail) {
            case Mail.MessageCame came ->
                List.of(new Line(Tone.TALK, "", where(came.group()), came.from().text(), came.text()));
            case Mail.Moved(var id, var in, var to, var stage) -> moved(in, to, stage);
            case Mail.RequestCame(var from, var group, var waiting) ->
                news("%s: accept %s, or block %s".formatted(request(from, group, waiting), from, from));
            case Mail.Missing(var group, var from, var count) ->
                newsIn(
                        group,
                        count == 1
                                ? "1 text from %s is missing here".formatted(from)
                                : "%d texts from %s are missing here".formatted(count, from));
            case Mail.MissingCame(var group, var from) ->
                newsIn(group, "What was missing from %s has come".formatted(from));
            case Mail.IdentityChanged(var who, var change) -> identity(who, change);
            case Mail.NotSent(var id, var group, var to, var why) ->
                List.of(new Line(Tone.ERROR, "", where(group), Lines.name(new Party.User(to)), why));
            case Mail.Presence(var who, var online) -> List.of();
            case Mail.SignedUp(var user, var words) -> signedUp("%s is signed up".formatted(user), words);
            case FileMail file -> FileLines.of(file);
            case GroupMail group -> GroupLines.of(group);
        };
    }

    /** In a group, when all have it: a line for each member would be all that there is to read. */
    private static List<Line> moved(Optional<Mail.InGroup> in, UserName to, Mail.Stage stage) {
        if (in.isEmpty()) return news("%s%s %s".formatted(Ticks.of(stage), stage == Mail.Stage.READ ? " by" : "", to));
        var group = in.get();
        return group.whole()
                ? newsIn(Optional.of(group.group()), Ticks.of(stage, group.reached(), group.of()))
                : List.of();
    }

    private static String request(UserName from, Optional<GroupName> group, int waiting) {
        var added = group.map(name -> " says that you are in " + name).orElse("");
        var writes = " wants to write to you (%s)".formatted(counted(waiting, "text"));
        if (group.isEmpty()) return from + writes;
        return from + added + (waiting == 0 ? "" : " and" + writes);
    }

    static List<Line> of(ModernAnswer answer) {
        return switch (answer) {
            case ModernAnswer.Enrolled enrolled -> enrolled(enrolled);
            case ModernAnswer.Entered entered -> entered(entered);
            case ModernAnswer.Queued(var id, var to) -> List.of();
            case ModernAnswer.Contacts(var none) when none.isEmpty() -> said("You know nobody yet: send NAME TEXT");
            case ModernAnswer.Contacts(var contacts) ->
                contacts.stream().map(ModernLines::contact).toList();
            case ModernAnswer.Accepted(var user, var texts) -> said("Accepted " + user);
            case ModernAnswer.Blocked(var user) -> said("Blocked %s; accept %s undoes it".formatted(user, user));
            case ModernAnswer.Verification verification -> verification(verification);
            case ModernAnswer.History(var with, var none)
            when none.isEmpty() -> said("No texts with %s yet".formatted(with));
            case ModernAnswer.History(var with, var texts) ->
                texts.stream().map(text -> text(text, "")).toList();
            case ModernAnswer.Found(var none, var more) when none.isEmpty() -> said("Nothing found");
            case ModernAnswer.Found(var texts, var more) -> found(texts, more);
            case ModernAnswer.ReadAll(var user, var texts) ->
                said("Read %s from %s".formatted(counted(texts, "text"), user));
            case ModernAnswer.State state -> state(state);
            case ModernAnswer.PasswordChanged() -> said("The password is changed");
            case ModernAnswer.Exported(var file) -> said("Exported to " + file);
            case ModernAnswer.Imported(var user) -> said("Imported; now signin " + user);
            case ModernAnswer.Revoked(var user) -> said("The identity of %s has ended".formatted(user));
            case FileAnswer file -> FileLines.of(file);
            case GroupAnswer group -> GroupLines.of(group);
        };
    }

    private static List<Line> enrolled(ModernAnswer.Enrolled enrolled) {
        var lines = signedUp(
                "Signed up as %s at %s".formatted(enrolled.user(), enrolled.registry()), enrolled.recoveryWords());
        lines.add(answer("Now signin " + enrolled.user()));
        return lines;
    }

    private static List<Line> signedUp(String said, String recoveryWords) {
        var lines = new ArrayList<Line>();
        lines.add(answer(said));
        lines.add(answer("These words can end the account. They are shown once: write them down, on paper."));
        var words = List.of(recoveryWords.split(" "));
        for (int i = 0; i < words.size(); i += WORDS_A_LINE)
            lines.add(answer("    " + String.join(" ", words.subList(i, Math.min(i + WORDS_A_LINE, words.size())))));
        return lines;
    }

    private static List<Line> entered(ModernAnswer.Entered entered) {
        var lines = new ArrayList<Line>();
        lines.add(answer("Signed in as " + entered.user()));
        for (var waiting : entered.unread())
            lines.add(answer("%s unread from %s: history %s"
                    .formatted(counted(waiting.texts(), "text"), waiting.from(), waiting.from())));
        for (var group : entered.groups())
            if (group.texts() > 0)
                lines.add(answer("%s unread in %s: history %s"
                        .formatted(counted(group.texts(), "text"), group.group(), group.group())));
        return lines;
    }

    private static Line contact(ModernAnswer.Contact contact) {
        var standing = switch (contact.standing()) {
            case ACCEPTED -> contact.online() ? "online" : "offline";
            case WAITING -> "wants to write to you: accept %s, or block %s".formatted(contact.name(), contact.name());
            case BLOCKED -> "blocked";
        };
        var trust = switch (contact.trust()) {
            case UNVERIFIED -> "";
            case VERIFIED -> ", verified";
            case CHANGED -> ", has another identity: accept %s".formatted(contact.name());
            case REVOKED -> ", has ended this identity";
        };
        var unread = contact.unread() == 0 ? "" : ", %d unread".formatted(contact.unread());
        return answer("%s: %s%s%s".formatted(contact.name(), standing, trust, unread));
    }

    private static List<Line> verification(ModernAnswer.Verification verification) {
        var lines = new ArrayList<Line>();
        boolean verified = verification.verified();
        lines.add(answer((verified
                        ? "%s is verified; both of you see these digits:"
                        : "%s sees the same digits, if nobody is in between:")
                .formatted(verification.user())));
        var digits = verification.digits();
        for (int at = 0; at < digits.length(); at += DIGITS * GROUPS_A_LINE) {
            var row = digits.substring(at, Math.min(at + DIGITS * GROUPS_A_LINE, digits.length()));
            lines.add(answer("    " + row.replaceAll("(.{%d})(?=.)".formatted(DIGITS), "$1 ")));
        }
        QrCode.of(digits).forEach(row -> lines.add(answer("    " + row)));
        if (!verified)
            lines.add(answer(
                    "Compare them in person or by voice, then: verify %s DIGITS".formatted(verification.user())));
        return lines;
    }

    private static List<Line> found(List<ModernAnswer.Text> texts, boolean more) {
        var lines = new ArrayList<>(texts.stream()
                .map(text -> text(text, where(text.in().map(ModernAnswer.InGroup::group))))
                .toList());
        if (more) lines.add(answer("... and older ones; more words find fewer"));
        return lines;
    }

    /** @param where the group, where it is not clear from the question */
    static Line text(ModernAnswer.Text text, String where) {
        var who = !text.ours() ? text.with().text() : text.in().isPresent() ? "you" : "you to " + text.with();
        return new Line(Tone.TALK, moment(text.time()), where, who, words(text) + ticks(text));
    }

    private static String words(ModernAnswer.Text text) {
        var file = text.file();
        if (file.isEmpty()) return text.text();
        var sent = "sent %s, %s".formatted(text.text(), Amount.of(file.get().bytes()));
        return text.ours() ? sent : "%s, saved as %s".formatted(sent, file.get().path());
    }

    private static String ticks(ModernAnswer.Text text) {
        if (!text.ours()) return "";
        var reached = text.reached();
        var ticks = text.in().map(Ticks::of).orElseGet(() -> reached == null ? "" : Ticks.of(reached));
        return ticks.isEmpty() ? "" : " " + ticks;
    }

    private static List<Line> state(ModernAnswer.State state) {
        var lines = new ArrayList<Line>();
        lines.add(answer("%s at %s, %s"
                .formatted(state.user(), state.registry(), state.connected() ? "signed in" : "not reached just now")));
        lines.add(answer("outbox: %s, mailbox: %s waited at the last sign-in"
                .formatted(counted(state.outbox(), "text"), counted((int) state.mailbox(), "envelope"))));
        for (var route : state.routes())
            lines.add(answer("%s: %s%s"
                    .formatted(
                            route.contact(),
                            route.link().map(at -> "direct, " + at).orElse("by mailbox"),
                            route.waiting() == 0 ? "" : ", %d waiting".formatted(route.waiting()))));
        return lines;
    }

    private static List<Line> identity(UserName who, Mail.Change change) {
        return switch (change) {
            case SIGNED -> news("%s has a new identity, signed by the one before; verify %s anew".formatted(who, who));
            case UNSIGNED ->
                List.of(new Line(
                        Tone.ERROR,
                        "",
                        who.text(),
                        "has another identity, which the one before did not sign. Nothing is sent until you accept it: "
                                + "verify %s shows its digits, compare them in person, then accept %s"
                                        .formatted(who, who)));
            case REVOKED -> List.of(new Line(Tone.ERROR, "", who.text(), "has ended this identity; nothing is sent"));
        };
    }

    private static String where(Optional<GroupName> group) {
        return group.map(GroupName::text).orElse("");
    }

    private static List<Line> newsIn(Optional<GroupName> group, String text) {
        return List.of(new Line(Tone.NEWS, "", where(group), "", text));
    }

    private static String moment(Instant time) {
        return MOMENT.format(time.atZone(ZoneId.systemDefault()));
    }

    private ModernLines() {}
}
