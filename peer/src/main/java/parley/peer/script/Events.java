package parley.peer.script;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import parley.messages.name.UserName;
import parley.peer.talk.Answer;
import parley.peer.talk.Happening;
import parley.peer.talk.Mail;
import parley.peer.talk.ModernAnswer;
import parley.peer.talk.Party;

/** Happenings as JSON objects of one line each; docs/EVENTS.md is the authority. */
final class Events {
    private static final JsonFactory JSON =
            new JsonFactoryBuilder().characterEscapes(new SafeEscapes()).build();

    private static final String CLASSIC = "classic";

    static String json(Happening happening) {
        var text = new StringWriter();
        try (var out = JSON.createGenerator(text)) {
            out.writeStartObject();
            write(out, happening);
            out.writeEndObject();
        } catch (IOException impossible) {
            throw new UncheckedIOException("a string refused to be written", impossible);
        }
        return text.toString();
    }

    private static void write(JsonGenerator out, Happening happening) throws IOException {
        switch (happening) {
            case Happening.Ready(var at) -> {
                event(out, "ready");
                out.writeStringField("listen", at.toString());
            }
            case Happening.Started() -> event(out, "ready");
            case Mail mail -> ModernEvents.write(out, mail);
            case Happening.RegistryLost(var why) -> {
                event(out, "registry");
                out.writeStringField("state", "lost");
                out.writeStringField("message", why);
            }
            case Happening.RegistryBack() -> {
                event(out, "registry");
                out.writeStringField("state", "back");
            }
            case Happening.SignedOut(var user) -> {
                event(out, "signed-out");
                out.writeStringField("user", user.text());
            }
            case Happening.TextCame(var from, var text) -> {
                event(out, "message");
                party(out, "from", from);
                out.writeStringField("text", text);
                out.writeStringField("protocol", CLASSIC);
            }
            case Happening.FileCame file -> {
                event(out, "file");
                party(out, "from", file.from());
                out.writeStringField("name", file.name());
                out.writeStringField("path", file.path().toString());
                out.writeNumberField("bytes", file.bytes());
                out.writeStringField("sha256", file.sha256());
                out.writeBooleanField("maybePadded", file.maybePadded());
                out.writeStringField("protocol", CLASSIC);
            }
            case Happening.Progress progress -> progress(out, progress);
            case Happening.FileFailed(var from, var name, var why) -> {
                event(out, "file-failed");
                party(out, "from", from);
                out.writeStringField("name", name);
                out.writeStringField("message", why);
                out.writeStringField("protocol", CLASSIC);
            }
            case Happening.Notice(var text) -> {
                event(out, "notice");
                out.writeStringField("message", text);
            }
            case Happening.Done(var command, var answer) -> {
                event(out, "ok");
                out.writeStringField("command", command);
                answer(out, answer);
            }
            case Happening.Failed(var command, var why) -> {
                event(out, "error");
                out.writeStringField("command", command);
                out.writeStringField("message", why);
            }
        }
    }

    private static void progress(JsonGenerator out, Happening.Progress progress) throws IOException {
        event(out, "progress");
        out.writeNumberField("id", progress.id());
        out.writeStringField("way", progress.way().name().toLowerCase(Locale.ROOT));
        switch (progress.way()) {
            case IN -> party(out, "from", progress.with());
            case OUT -> party(out, "to", progress.with());
        }
        out.writeStringField("name", progress.name());
        out.writeNumberField("bytes", progress.bytes());
        if (progress.total() >= 0) out.writeNumberField("total", progress.total());
        if (progress.file().isPresent())
            out.writeStringField("file", progress.file().get());
    }

    private static void answer(JsonGenerator out, Answer answer) throws IOException {
        switch (answer) {
            case ModernAnswer modern -> ModernEvents.write(out, modern);
            case Answer.SignedUp(var user) -> out.writeStringField("user", user.text());
            case Answer.SignedIn(var user) -> out.writeStringField("user", user.text());
            case Answer.Groups(var sizes) -> {
                out.writeArrayFieldStart("groups");
                for (var size : sizes) {
                    out.writeStartObject();
                    out.writeStringField("name", size.name().text());
                    out.writeNumberField("members", size.members());
                    out.writeEndObject();
                }
                out.writeEndArray();
            }
            case Answer.Members(var groups) -> members(out, groups);
            case Answer.Created(var group) -> out.writeStringField("group", group.text());
            case Answer.Joined(var group, var created) -> {
                out.writeStringField("group", group.text());
                out.writeBooleanField("created", created);
            }
            case Answer.Sent sent -> sent(out, sent);
            case Answer.Helped(var text) -> out.writeStringField("text", text);
            case Answer.Bye(var registryReached) -> out.writeBooleanField("registry", registryReached);
        }
    }

    static void members(JsonGenerator out, List<Answer.Members.Group> groups) throws IOException {
        out.writeArrayFieldStart("groups");
        for (var group : groups) {
            out.writeStartObject();
            out.writeStringField("name", group.name().text());
            texts(out, "members", group.members().stream().map(UserName::text).toList());
            out.writeEndObject();
        }
        out.writeEndArray();
    }

    private static void sent(JsonGenerator out, Answer.Sent sent) throws IOException {
        // Several groups are one field, written as the command takes them, so that the field keeps its type.
        var names = sent.to().stream()
                .map(party -> switch (party) {
                    case Party.User(var name) -> name.text();
                    case Party.Group(var name) -> name.text();
                })
                .collect(Collectors.joining(","));
        boolean toOne = sent.to().stream().allMatch(Party.User.class::isInstance);
        out.writeStringField(toOne ? "to" : "group", names);
        out.writeNumberField("delivered", sent.delivered());
        if (!sent.missed().isEmpty()) texts(out, "missed", sent.missed());
        out.writeStringField("protocol", CLASSIC);
    }

    static void event(JsonGenerator out, String name) throws IOException {
        out.writeStringField("event", name);
    }

    static void user(JsonGenerator out, String field, UserName user) throws IOException {
        out.writeStringField(field, user.text());
    }

    /** A group stands alone: who of it wrote, classic does not say. */
    private static void party(JsonGenerator out, String field, Party party) throws IOException {
        switch (party) {
            case Party.User(var name) -> out.writeStringField(field, name.text());
            case Party.Group(var name) -> out.writeStringField("group", name.text());
        }
    }

    private static void texts(JsonGenerator out, String field, List<String> texts) throws IOException {
        out.writeArrayFieldStart(field);
        for (var text : texts) out.writeString(text);
        out.writeEndArray();
    }

    private Events() {}
}
