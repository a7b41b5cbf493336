package parley.peer.script;

import static parley.peer.script.Events.event;
import static parley.peer.script.Events.user;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.util.Locale;
import java.util.Optional;
import parley.messages.name.GroupName;
import parley.peer.talk.GroupAnswer;
import parley.peer.talk.GroupMail;
import parley.peer.talk.ModernAnswer;

/** What happens in modern groups, as fields of JSON; docs/EVENTS.md is the authority. */
final class GroupEvents {
    static void write(JsonGenerator out, GroupMail mail) throws IOException {
        switch (mail) {
            case GroupMail.Changed(var group, var change, var user, var by, var policy) -> {
                event(out, "group");
                group(out, group);
                out.writeStringField("change", word(change));
                user(out, "user", user);
                user(out, "by", by);
                if (policy.isPresent())
                    out.writeStringField("policy", policy.get().word());
            }
            case GroupMail.Trouble(var group, var kind, var from, var why) -> {
                event(out, "group-trouble");
                group(out, group);
                out.writeStringField("trouble", word(kind));
                if (from.isPresent()) user(out, "from", from.get());
                out.writeStringField("message", why);
            }
        }
    }

    static void write(JsonGenerator out, GroupAnswer answer) throws IOException {
        switch (answer) {
            case GroupAnswer.Listed listed -> listed(out, listed);
            case GroupAnswer.Members(var groups) -> Events.members(out, groups);
            case GroupAnswer.Created(var group, var policy) -> {
                group(out, group);
                out.writeStringField("policy", policy.word());
            }
            case GroupAnswer.Joined(var group, var members) -> {
                group(out, group);
                // A modern group is never made by joining it; the field is older than these.
                out.writeBooleanField("created", false);
                out.writeNumberField("members", members);
            }
            case GroupAnswer.Left(var group) -> group(out, group);
            case GroupAnswer.Invited(var group, var user) -> {
                group(out, group);
                user(out, "user", user);
            }
            case GroupAnswer.Removed(var group, var user) -> {
                group(out, group);
                user(out, "user", user);
            }
            case GroupAnswer.Admin(var group, var user, var on) -> {
                group(out, group);
                user(out, "user", user);
                out.writeBooleanField("admin", on);
            }
            case GroupAnswer.PolicySet(var group, var policy) -> {
                group(out, group);
                out.writeStringField("policy", policy.word());
            }
            case GroupAnswer.Shown shown -> shown(out, shown);
            case GroupAnswer.Queued(var id, var group, var members) -> {
                out.writeStringField("id", id);
                group(out, group);
                out.writeStringField("state", "queued");
                out.writeNumberField("members", members);
                out.writeStringField("protocol", ModernEvents.MODERN);
            }
            case GroupAnswer.History(var group, var texts) -> {
                group(out, group);
                ModernEvents.texts(out, texts);
            }
            case GroupAnswer.ReadAll(var group, var texts) -> {
                group(out, group);
                out.writeNumberField("texts", texts);
            }
        }
    }

    private static void listed(JsonGenerator out, GroupAnswer.Listed listed) throws IOException {
        out.writeArrayFieldStart("groups");
        for (var group : listed.groups()) {
            out.writeStartObject();
            out.writeStringField("name", group.name().text());
            out.writeNumberField("members", group.members());
            out.writeBooleanField("own", group.own());
            out.writeEndObject();
        }
        out.writeEndArray();
    }

    private static void shown(JsonGenerator out, GroupAnswer.Shown shown) throws IOException {
        group(out, shown.group());
        out.writeStringField("policy", shown.policy().word());
        out.writeNumberField("sequence", shown.sequence());
        out.writeStringField("head", shown.head());
        out.writeArrayFieldStart("members");
        for (var member : shown.members()) {
            out.writeStartObject();
            user(out, "name", member.name());
            out.writeBooleanField("admin", member.admin());
            if (member.online().isPresent())
                out.writeBooleanField("online", member.online().get());
            out.writeBooleanField("verified", member.verified());
            out.writeEndObject();
        }
        out.writeEndArray();
    }

    /** Who wrote a text of a group, and how many have what we wrote. */
    static void text(JsonGenerator out, ModernAnswer.Text text, ModernAnswer.InGroup in) throws IOException {
        group(out, in.group());
        user(out, "from", text.with());
        ModernEvents.content(out, text);
        out.writeStringField("time", text.time().toString());
        if (!text.ours()) return;
        out.writeStringField("state", state(in));
        out.writeNumberField("delivered", in.delivered());
        out.writeNumberField("read", in.read());
        out.writeNumberField("members", in.of());
    }

    /** What is true of all. */
    private static String state(ModernAnswer.InGroup in) {
        if (in.sent() < in.of() || in.of() == 0) return "queued";
        if (in.delivered() < in.of()) return "sent";
        return in.read() < in.of() ? "delivered" : "read";
    }

    static void group(JsonGenerator out, Optional<GroupName> group) throws IOException {
        if (group.isPresent()) group(out, group.get());
    }

    private static void group(JsonGenerator out, GroupName group) throws IOException {
        out.writeStringField("group", group.text());
    }

    private static String word(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    private GroupEvents() {}
}
