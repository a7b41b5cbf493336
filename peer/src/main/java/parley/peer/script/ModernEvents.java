package parley.peer.script;

import static parley.peer.script.Events.event;
import static parley.peer.script.Events.user;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import parley.peer.talk.FileAnswer;
import parley.peer.talk.FileMail;
import parley.peer.talk.GroupAnswer;
import parley.peer.talk.GroupMail;
import parley.peer.talk.Mail;
import parley.peer.talk.ModernAnswer;

/** What happens between modern accounts, as fields of JSON; docs/EVENTS.md is the authority. */
final class ModernEvents {
    static final String MODERN = "modern";

    static void write(JsonGenerator out, Mail mail) throws IOException {
        switch (mail) {
            case Mail.MessageCame came -> {
                event(out, "message");
                out.writeStringField("id", came.id());
                GroupEvents.group(out, came.group());
                user(out, "from", came.from());
                out.writeStringField("text", came.text());
                out.writeStringField("protocol", MODERN);
                out.writeStringField("time", came.sent().toString());
                cursor(out, came.cursor());
            }
            case Mail.Moved(var id, var in, var to, var stage) -> {
                event(out, word(stage));
                out.writeStringField("id", id);
                GroupEvents.group(out, in.map(Mail.InGroup::group));
                user(out, "to", to);
            }
            case Mail.RequestCame(var from, var group, var waiting) -> {
                event(out, "request");
                GroupEvents.group(out, group);
                user(out, "from", from);
                out.writeNumberField("texts", waiting);
            }
            case Mail.Missing(var group, var from, var count) -> {
                event(out, "gap");
                GroupEvents.group(out, group);
                user(out, "from", from);
                out.writeNumberField("missing", count);
            }
            case Mail.MissingCame(var group, var from) -> {
                event(out, "gap");
                GroupEvents.group(out, group);
                user(out, "from", from);
                out.writeNumberField("missing", 0);
            }
            case Mail.IdentityChanged(var who, var change) -> {
                event(out, "identity");
                user(out, "user", who);
                out.writeStringField("change", word(change));
            }
            case Mail.NotSent(var id, var group, var to, var why) -> {
                event(out, "not-sent");
                out.writeStringField("id", id);
                GroupEvents.group(out, group);
                user(out, "to", to);
                out.writeStringField("message", why);
            }
            case Mail.Presence(var who, var online) -> {
                event(out, "presence");
                user(out, "user", who);
                out.writeBooleanField("online", online);
            }
            case Mail.SignedUp(var user, var words) -> {
                event(out, "signed-up");
                user(out, "user", user);
                out.writeStringField("recovery", words);
            }
            case FileMail file -> FileEvents.write(out, file);
            case GroupMail group -> GroupEvents.write(out, group);
        }
    }

    static void write(JsonGenerator out, ModernAnswer answer) throws IOException {
        switch (answer) {
            case ModernAnswer.Enrolled enrolled -> {
                user(out, "user", enrolled.user());
                out.writeStringField("recovery", enrolled.recoveryWords());
                out.writeStringField("registry", enrolled.registry());
            }
            case ModernAnswer.Entered entered -> entered(out, entered);
            case ModernAnswer.Queued(var id, var to) -> {
                out.writeStringField("id", id);
                user(out, "to", to);
                out.writeStringField("state", "queued");
                out.writeStringField("protocol", MODERN);
            }
            case ModernAnswer.Contacts(var contacts) -> contacts(out, contacts);
            case ModernAnswer.Accepted(var user, var texts) -> {
                user(out, "user", user);
                out.writeNumberField("texts", texts);
            }
            case ModernAnswer.Blocked(var user) -> user(out, "user", user);
            case ModernAnswer.Verification(var user, var digits, var verified) -> {
                user(out, "user", user);
                out.writeStringField("digits", digits);
                out.writeBooleanField("verified", verified);
            }
            case ModernAnswer.History(var with, var texts) -> {
                user(out, "with", with);
                texts(out, texts);
            }
            case ModernAnswer.Found(var texts, var more) -> {
                texts(out, texts);
                out.writeBooleanField("more", more);
            }
            case ModernAnswer.ReadAll(var user, var texts) -> {
                user(out, "user", user);
                out.writeNumberField("texts", texts);
            }
            case ModernAnswer.State state -> state(out, state);
            case ModernAnswer.PasswordChanged() -> {}
            case ModernAnswer.Exported(var file) -> out.writeStringField("path", file.toString());
            case ModernAnswer.Imported(var user) -> user(out, "user", user);
            case ModernAnswer.Revoked(var user) -> user(out, "user", user);
            case FileAnswer file -> FileEvents.write(out, file);
            case GroupAnswer group -> GroupEvents.write(out, group);
        }
    }

    private static void entered(JsonGenerator out, ModernAnswer.Entered entered) throws IOException {
        user(out, "user", entered.user());
        if (!entered.listening().isEmpty()) out.writeStringField("listen", entered.listening());
        out.writeArrayFieldStart("unread");
        for (var waiting : entered.unread()) {
            out.writeStartObject();
            user(out, "from", waiting.from());
            out.writeNumberField("texts", waiting.texts());
            out.writeEndObject();
        }
        out.writeEndArray();
        out.writeArrayFieldStart("groups");
        for (var group : entered.groups()) {
            out.writeStartObject();
            out.writeStringField("name", group.group().text());
            out.writeNumberField("unread", group.texts());
            out.writeEndObject();
        }
        out.writeEndArray();
    }

    private static void contacts(JsonGenerator out, List<ModernAnswer.Contact> contacts) throws IOException {
        out.writeArrayFieldStart("contacts");
        for (var contact : contacts) {
            out.writeStartObject();
            user(out, "name", contact.name());
            out.writeStringField("standing", word(contact.standing()));
            out.writeStringField("identity", word(contact.trust()));
            out.writeBooleanField("online", contact.online());
            out.writeNumberField("unread", contact.unread());
            out.writeEndObject();
        }
        out.writeEndArray();
    }

    static void texts(JsonGenerator out, List<ModernAnswer.Text> texts) throws IOException {
        out.writeArrayFieldStart("texts");
        for (var text : texts) {
            out.writeStartObject();
            out.writeStringField("id", text.id());
            var in = text.in();
            if (in.isPresent()) GroupEvents.text(out, text, in.get());
            else text(out, text);
            out.writeEndObject();
        }
        out.writeEndArray();
    }

    private static void text(JsonGenerator out, ModernAnswer.Text text) throws IOException {
        user(out, text.ours() ? "to" : "from", text.with());
        content(out, text);
        out.writeStringField("time", text.time().toString());
        var reached = text.reached();
        if (reached != null) out.writeStringField("state", word(reached));
    }

    /** A text, or a file. */
    static void content(JsonGenerator out, ModernAnswer.Text text) throws IOException {
        if (text.file().isPresent())
            FileEvents.file(out, text.text(), text.file().get());
        else out.writeStringField("text", text.text());
    }

    private static void state(JsonGenerator out, ModernAnswer.State state) throws IOException {
        user(out, "user", state.user());
        out.writeStringField("registry", state.registry());
        out.writeBooleanField("connected", state.connected());
        out.writeNumberField("outbox", state.outbox());
        out.writeNumberField("mailbox", state.mailbox());
        out.writeArrayFieldStart("links");
        for (var route : state.routes()) {
            out.writeStartObject();
            user(out, "user", route.contact());
            out.writeStringField("path", route.link().isPresent() ? "direct" : "mailbox");
            if (route.link().isPresent())
                out.writeStringField("at", route.link().get());
            out.writeNumberField("waiting", route.waiting());
            out.writeEndObject();
        }
        out.writeEndArray();
    }

    /** A text, because a cursor is to be given back and not to be counted with. */
    static void cursor(JsonGenerator out, long cursor) throws IOException {
        out.writeStringField("cursor", Long.toString(cursor));
    }

    private static String word(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }

    private ModernEvents() {}
}
