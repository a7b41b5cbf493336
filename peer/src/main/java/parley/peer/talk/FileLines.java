package parley.peer.talk;

import static parley.peer.talk.Lines.answer;
import static parley.peer.talk.Lines.counted;
import static parley.peer.talk.Lines.said;

import java.util.List;
import java.util.Optional;
import parley.messages.name.GroupName;
import parley.peer.talk.Line.Tone;

/** Files between modern accounts, in words. */
final class FileLines {
    /** Digits of an id that people see and type: nobody has so many files under way that these would not do. */
    private static final int SHOWN = 8;

    static List<Line> of(FileMail mail) {
        return switch (mail) {
            case FileMail.Came came ->
                List.of(
                        new Line(
                                Tone.TALK,
                                "",
                                where(came.group()),
                                came.from().text(),
                                "sent %s, %s".formatted(came.name(), Amount.of(came.bytes()))),
                        new Line(Tone.NEWS, "", "", "  saved as " + came.path()),
                        new Line(Tone.NEWS, "", "", "  sha256 " + came.sha256()));
            case FileMail.Offered(var id, var group, var from, var name, var bytes, var why) ->
                List.of(new Line(
                        Tone.TALK,
                        "",
                        where(group),
                        from.text(),
                        "offers %s, %s (%s): accept %s, or cancel %s"
                                .formatted(name, Amount.of(bytes), why, shown(id), shown(id))));
            case FileMail.Held(var id, var group, var way, var with, var name, var why) ->
                List.of(new Line(
                        Tone.NEWS, "", where(group), "", "%s %s %s waits: %s".formatted(name, word(way), with, why)));
            case FileMail.Failed(var id, var group, var way, var with, var name, var why) ->
                List.of(new Line(
                        Tone.ERROR, "", where(group), with.text(), "%s did not arrive: %s".formatted(name, why)));
        };
    }

    static List<Line> of(FileAnswer answer) {
        return switch (answer) {
            case FileAnswer.Queued(var id, var to, var members, var name, var bytes) ->
                said("%s, %s, goes to %s%s: transfers shows how far it is"
                        .formatted(
                                name,
                                Amount.of(bytes),
                                Lines.name(to),
                                to instanceof Party.Group ? " (" + counted(members, "member") + ")" : ""));
            case FileAnswer.Transfers(var none) when none.isEmpty() -> said("No files are under way");
            case FileAnswer.Transfers(var transfers) ->
                transfers.stream().map(FileLines::transfer).toList();
            case FileAnswer.Changed(var id, var name) -> said("%s %s".formatted(shown(id), name));
        };
    }

    private static Line transfer(FileAnswer.Transfer transfer) {
        var state = switch (transfer.state()) {
            case WAITING -> "waits";
            case UNDER_WAY -> "under way";
            case PAUSED -> "paused";
            case NO_ROOM -> "waits for room on the disk";
            case ASKING -> "waits for accept " + shown(transfer.id());
        };
        return answer("%s  %s %s %s%s, %s of %s, %s"
                .formatted(
                        shown(transfer.id()),
                        transfer.name(),
                        word(transfer.way()),
                        transfer.with(),
                        transfer.group().map(group -> " in " + group).orElse(""),
                        Amount.of(transfer.bytes()),
                        Amount.of(transfer.total()),
                        state));
    }

    private static String word(Happening.Way way) {
        return way == Happening.Way.IN ? "from" : "to";
    }

    private static String shown(String id) {
        return id.substring(0, Math.min(SHOWN, id.length()));
    }

    private static String where(Optional<GroupName> group) {
        return group.map(GroupName::text).orElse("");
    }

    private FileLines() {}
}
