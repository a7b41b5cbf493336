package parley.peer.talk;

import static parley.peer.talk.Lines.answer;
import static parley.peer.talk.Lines.counted;
import static parley.peer.talk.Lines.said;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import parley.messages.group.Policy;
import parley.messages.name.GroupName;
import parley.messages.name.UserName;
import parley.peer.talk.Line.Tone;

/** What happens in modern groups, in words. */
final class GroupLines {
    /** Hex digits of a head that are shown, in groups. Two that differ in none of them were not made by chance. */
    private static final int HEAD_DIGITS = 16;

    /** A notice stands between two dashes like a day, so that nobody can write one. */
    static List<Line> of(GroupMail mail) {
        return switch (mail) {
            case GroupMail.Changed changed -> Lines.news("--- %s: %s ---".formatted(changed.group(), changed(changed)));
            case GroupMail.Trouble(var group, var kind, var from, var text) ->
                List.of(new Line(Tone.ERROR, "", where(group), "", text));
        };
    }

    private static String changed(GroupMail.Changed changed) {
        var user = changed.user();
        var by = changed.by();
        return switch (changed.change()) {
            case CREATED -> "%s made the group".formatted(by);
            case JOINED -> "%s joined".formatted(user);
            case ADDED -> "%s added %s".formatted(by, user);
            case LEFT -> "%s left".formatted(user);
            case REMOVED -> "%s removed %s".formatted(by, user);
            case ADMIN ->
                user.equals(by) ? "%s is an admin now".formatted(user) : "%s made %s an admin".formatted(by, user);
            case NO_ADMIN ->
                user.equals(by)
                        ? "%s is no admin any more".formatted(user)
                        : "%s made %s an ordinary member".formatted(by, user);
            case POLICY ->
                changed.policy()
                        .map(policy -> "%s made it %s, %s".formatted(by, policy.word(), meaning(policy)))
                        .orElseGet(() -> "%s changed who may come in".formatted(by));
        };
    }

    static List<Line> of(GroupAnswer answer) {
        return switch (answer) {
            case GroupAnswer.Listed(var none)
            when none.isEmpty() -> said("There are no open groups, and you are in none");
            case GroupAnswer.Listed(var groups) ->
                groups.stream()
                        .map(group -> answer("%s: %s%s"
                                .formatted(
                                        group.name(),
                                        counted(group.members(), "member"),
                                        group.own() ? ", you are one" : "")))
                        .toList();
            case GroupAnswer.Members(var none) when none.isEmpty() -> said("You are in no group");
            case GroupAnswer.Members(var groups) ->
                groups.stream()
                        .map(group -> answer(group.name() + ": " + names(group.members())))
                        .toList();
            case GroupAnswer.Created(var group, var policy) ->
                said("Created %s, %s: %s%s"
                        .formatted(
                                group,
                                policy.word(),
                                meaning(policy),
                                policy == Policy.CLOSED ? "" : ". Now invite %s NAME".formatted(group)));
            case GroupAnswer.Joined(var group, var members) ->
                said("Joined %s: %s".formatted(group, counted(members, "member")));
            case GroupAnswer.Left(var group) -> said("Left " + group);
            case GroupAnswer.Invited(var group, var user) -> said("%s is in %s now".formatted(user, group));
            case GroupAnswer.Removed(var group, var user) -> said("%s is no longer in %s".formatted(user, group));
            case GroupAnswer.Admin(var group, var user, var on) ->
                said("%s is %s of %s".formatted(user, on ? "an admin" : "an ordinary member", group));
            case GroupAnswer.PolicySet(var group, var policy) ->
                said("%s is %s now: %s".formatted(group, policy.word(), meaning(policy)));
            case GroupAnswer.Shown shown -> shown(shown);
            case GroupAnswer.Queued(var id, var group, var members) ->
                members == 0 ? said("You are alone in %s: nobody else reads that".formatted(group)) : List.of();
            case GroupAnswer.History(var group, var none)
            when none.isEmpty() -> said("No texts in %s yet".formatted(group));
            case GroupAnswer.History(var group, var texts) ->
                texts.stream().map(text -> ModernLines.text(text, "")).toList();
            case GroupAnswer.ReadAll(var group, var texts) ->
                said("Read %s in %s".formatted(counted(texts, "text"), group));
        };
    }

    private static List<Line> shown(GroupAnswer.Shown shown) {
        var lines = new ArrayList<Line>();
        lines.add(answer("%s: %s, %s: %s"
                .formatted(
                        shown.group(),
                        counted(shown.members().size(), "member"),
                        shown.policy().word(),
                        meaning(shown.policy()))));
        for (var member : shown.members()) lines.add(answer("  " + member(member)));
        lines.add(answer("head: entry %d, %s".formatted(shown.sequence(), head(shown.head()))));
        return lines;
    }

    private static String member(GroupAnswer.Member member) {
        var online =
                member.online().map(there -> there ? ", online" : ", offline").orElse("");
        return member.name() + (member.admin() ? ", admin" : "") + online + (member.verified() ? ", verified" : "");
    }

    private static String head(String hex) {
        var digits = hex.substring(0, Math.min(HEAD_DIGITS, hex.length()));
        return digits.replaceAll("(.{4})(?=.)", "$1 ");
    }

    private static String where(GroupName group) {
        return group.text();
    }

    private static String names(List<UserName> names) {
        return names.stream().map(UserName::text).collect(Collectors.joining(", "));
    }

    private static String meaning(Policy policy) {
        return switch (policy) {
            case OPEN -> "anybody may join";
            case INVITE -> "admins invite";
            case MEMBERS -> "members invite";
            case CLOSED -> "nobody comes in";
        };
    }

    private GroupLines() {}
}
