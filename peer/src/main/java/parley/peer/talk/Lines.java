package parley.peer.talk;

import java.util.List;
import java.util.stream.Collectors;
import parley.messages.name.UserName;
import parley.peer.talk.Line.Tone;

/** Happenings in words, for people. Progress has none: only a screen that can take a line back shows it. */
public final class Lines {
    private static final String CLASSIC = "[classic]";

    /** What classic can't give; a session says so once, when it starts. */
    public static final List<String> CLASSIC_WARNING = List.of(
            "Classic conversations are not safe. Passwords cross in clear, nobody's name or address is proved,",
            "texts can be altered unnoticed, group texts don't name their writer, the registry has every group's key.");

    public static List<Line> of(Happening happening) {
        return switch (happening) {
            case Happening.Ready(var at) -> news("Listening on " + at);
            case Happening.Started() -> List.of();
            case Mail mail -> ModernLines.of(mail);
            case Happening.RegistryLost(var why) -> news(why);
            case Happening.RegistryBack() -> news("The registry is back");
            case Happening.SignedOut(var user) -> news(user + " is signed out");
            case Happening.TextCame(var from, var text) -> List.of(new Line(Tone.TALK, CLASSIC, name(from), text));
            case Happening.FileCame file -> file(file);
            case Happening.Progress underWay -> List.of();
            case Happening.FileFailed(var from, var name, var why) ->
                List.of(new Line(Tone.ERROR, CLASSIC, name(from), name + " did not arrive: " + why));
            case Happening.Notice(var text) -> news(text);
            case Happening.Done(var command, var answer) -> answer(answer);
            case Happening.Failed(var command, var why) -> List.of(new Line(Tone.ERROR, "", command, why));
        };
    }

    /** How a party is called: {@code bob}, {@code #team}. */
    public static String name(Party party) {
        return switch (party) {
            case Party.User(var name) -> name.text();
            case Party.Group(var name) -> "#" + name.text();
        };
    }

    private static List<Line> file(Happening.FileCame file) {
        var padded = file.maybePadded() ? "; up to 7 bytes at its end may be a classic sender's padding" : "";
        return List.of(
                new Line(
                        Tone.TALK,
                        CLASSIC,
                        name(file.from()),
                        "sent %s, %s%s".formatted(file.name(), Amount.of(file.bytes()), padded)),
                new Line(Tone.NEWS, "", "", "  saved as " + file.path()),
                new Line(Tone.NEWS, "", "", "  sha256 " + file.sha256()));
    }

    private static List<Line> answer(Answer answer) {
        return switch (answer) {
            case Answer.SignedUp(var user) -> said("Signed up as %s; now signin %s".formatted(user, user));
            case Answer.SignedIn(var user) -> said("Signed in as " + user);
            case Answer.Groups(var sizes) when sizes.isEmpty() -> said("There are no groups yet");
            case Answer.Groups(var sizes) ->
                sizes.stream()
                        .map(size -> answer("#%s: %s".formatted(size.name(), counted(size.members(), "member"))))
                        .toList();
            case Answer.Members(var groups) when groups.isEmpty() -> said("You are in no group");
            case Answer.Members(var groups) ->
                groups.stream()
                        .map(group -> answer("#%s: %s"
                                .formatted(
                                        group.name(),
                                        group.members().stream()
                                                .map(UserName::text)
                                                .collect(Collectors.joining(", ")))))
                        .toList();
            case Answer.Created(var group) -> said("Created #" + group);
            case Answer.Joined(var group, var created) ->
                said(created ? "Created #%s and joined it".formatted(group) : "Joined #" + group);
            case Answer.Sent sent -> List.of(new Line(Tone.ANSWER, CLASSIC, "", sent(sent)));
            case Answer.Helped(var text) -> text.lines().map(Lines::answer).toList();
            case Answer.Bye(var registryReached) -> List.of();
            case ModernAnswer modern -> ModernLines.of(modern);
        };
    }

    private static String sent(Answer.Sent sent) {
        var to = sent.to().stream().map(Lines::name).collect(Collectors.joining(", "));
        boolean toOne = sent.to().stream().allMatch(Party.User.class::isInstance);
        var delivered = toOne ? "delivered to " + to : "delivered to %d in %s".formatted(sent.delivered(), to);
        return sent.missed().isEmpty() ? delivered : delivered + "; missed: " + String.join(", ", sent.missed());
    }

    static String counted(int count, String what) {
        return "%d %s%s".formatted(count, what, count == 1 ? "" : "s");
    }

    static List<Line> said(String text) {
        return List.of(answer(text));
    }

    static Line answer(String text) {
        return new Line(Tone.ANSWER, "", "", text);
    }

    static List<Line> news(String text) {
        return List.of(new Line(Tone.NEWS, "", "", text));
    }

    private Lines() {}
}
