package parley.peer.script;

import static parley.peer.script.Events.event;
import static parley.peer.script.Events.user;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.util.Locale;
import parley.messages.name.UserName;
import parley.peer.talk.FileAnswer;
import parley.peer.talk.FileMail;
import parley.peer.talk.Happening;
import parley.peer.talk.ModernAnswer;
import parley.peer.talk.Party;

/** Files between modern accounts, as fields of JSON; docs/EVENTS.md is the authority. */
final class FileEvents {
    /** As the history knows it. */
    static void file(JsonGenerator out, String name, ModernAnswer.Attached file) throws IOException {
        out.writeObjectFieldStart("file");
        out.writeStringField("name", name);
        out.writeStringField("path", file.path().toString());
        out.writeNumberField("bytes", file.bytes());
        if (!file.sha256().isEmpty()) out.writeStringField("sha256", file.sha256());
        if (!file.type().isEmpty()) out.writeStringField("type", file.type());
        out.writeEndObject();
    }

    static void write(JsonGenerator out, FileMail mail) throws IOException {
        switch (mail) {
            case FileMail.Came came -> {
                event(out, "file");
                out.writeStringField("id", came.id());
                GroupEvents.group(out, came.group());
                user(out, "from", came.from());
                out.writeStringField("name", came.name());
                out.writeStringField("path", came.path().toString());
                out.writeNumberField("bytes", came.bytes());
                out.writeStringField("sha256", came.sha256());
                out.writeStringField("type", came.type());
                out.writeBooleanField("maybePadded", false);
                ModernEvents.cursor(out, came.cursor());
                out.writeStringField("protocol", ModernEvents.MODERN);
            }
            case FileMail.Offered(var id, var group, var from, var name, var bytes, var why) -> {
                event(out, "offer");
                out.writeStringField("id", id);
                GroupEvents.group(out, group);
                user(out, "from", from);
                out.writeStringField("name", name);
                out.writeNumberField("bytes", bytes);
                out.writeStringField("message", why);
            }
            case FileMail.Held(var id, var group, var way, var with, var name, var why) -> {
                event(out, "file-waits");
                out.writeStringField("id", id);
                GroupEvents.group(out, group);
                with(out, way, with);
                out.writeStringField("name", name);
                out.writeStringField("message", why);
            }
            case FileMail.Failed(var id, var group, var way, var with, var name, var why) -> {
                event(out, "file-failed");
                out.writeStringField("id", id);
                GroupEvents.group(out, group);
                with(out, way, with);
                out.writeStringField("name", name);
                out.writeStringField("message", why);
                out.writeStringField("protocol", ModernEvents.MODERN);
            }
        }
    }

    static void write(JsonGenerator out, FileAnswer answer) throws IOException {
        switch (answer) {
            case FileAnswer.Queued(var id, var to, var members, var name, var bytes) -> {
                out.writeStringField("id", id);
                switch (to) {
                    case Party.User(var user) -> user(out, "to", user);
                    case Party.Group(var group) -> {
                        out.writeStringField("group", group.text());
                        out.writeNumberField("members", members);
                    }
                }
                out.writeStringField("name", name);
                out.writeNumberField("bytes", bytes);
                out.writeStringField("state", "queued");
                out.writeStringField("protocol", ModernEvents.MODERN);
            }
            case FileAnswer.Transfers(var transfers) -> {
                out.writeArrayFieldStart("transfers");
                for (var transfer : transfers) transfer(out, transfer);
                out.writeEndArray();
            }
            case FileAnswer.Changed(var id, var name) -> {
                out.writeStringField("id", id);
                out.writeStringField("name", name);
            }
        }
    }

    private static void transfer(JsonGenerator out, FileAnswer.Transfer transfer) throws IOException {
        out.writeStartObject();
        out.writeStringField("id", transfer.id());
        GroupEvents.group(out, transfer.group());
        with(out, transfer.way(), transfer.with());
        out.writeStringField("name", transfer.name());
        out.writeNumberField("bytes", transfer.bytes());
        out.writeNumberField("total", transfer.total());
        out.writeStringField(
                "state", transfer.state().name().toLowerCase(Locale.ROOT).replace('_', '-'));
        out.writeEndObject();
    }

    private static void with(JsonGenerator out, Happening.Way way, UserName with) throws IOException {
        user(out, way == Happening.Way.IN ? "from" : "to", with);
    }

    private FileEvents() {}
}
