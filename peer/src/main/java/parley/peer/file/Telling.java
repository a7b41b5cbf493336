package parley.peer.file;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import parley.messages.name.GroupName;
import parley.messages.name.UserName;
import parley.peer.talk.FileAnswer;
import parley.peer.talk.FileMail;
import parley.peer.talk.Happening;
import parley.peer.talk.Mail;
import parley.peer.talk.Party;
import parley.peer.transfer.FileNames;

/** Files under way, as a screen knows them. Names of others are made safe before anybody sees them. */
final class Telling {
    /** What is said of a file whichever way it goes. */
    private record One(String id, Optional<GroupName> group, Happening.Way way, UserName with, String name, long size) {
        Mail held(String why) {
            return new FileMail.Held(id, group, way, with, name, why);
        }

        Mail failed(String why) {
            return new FileMail.Failed(id, group, way, with, name, why);
        }

        FileAnswer.Transfer transfer(long bytes, FileAnswer.State state) {
            return new FileAnswer.Transfer(id, group, way, with, name, bytes, size, state);
        }
    }

    private static One one(CameFile file) {
        var ref = file.ref();
        return new One(
                id(ref),
                file.group(),
                Happening.Way.IN,
                ref.with(),
                name(file),
                file.offer().size());
    }

    private static One one(SentFile file, Ref ref) {
        var offer = file.offer();
        return new One(id(ref), file.group(), Happening.Way.OUT, ref.with(), offer.name(), offer.size());
    }

    private static Optional<One> one(Transfers transfers, Ref ref) {
        var theirs = transfers.came().get(ref);
        if (theirs != null) return Optional.of(one(theirs));
        return Optional.ofNullable(transfers.sent().get(ref.file())).map(file -> one(file, ref));
    }

    static String name(CameFile file) {
        return FileNames.safe(file.offer().name());
    }

    static Mail offered(CameFile file, String why) {
        return new FileMail.Offered(
                id(file.ref()),
                file.group(),
                file.ref().with(),
                name(file),
                file.offer().size(),
                why);
    }

    static Mail held(CameFile file, String why) {
        return one(file).held(why);
    }

    static Mail held(SentFile file, Ref ref, String why) {
        return one(file, ref).held(why);
    }

    static Optional<Mail> held(Transfers transfers, Ref ref, String why) {
        return one(transfers, ref).map(one -> one.held(why));
    }

    static Mail failed(CameFile file, String why) {
        return one(file).failed(why);
    }

    static Mail failed(SentFile file, Ref ref, String why) {
        return one(file, ref).failed(why);
    }

    static Mail inMailbox(SentFile file, Ref ref) {
        return moved(file, ref, Mail.Stage.SENT);
    }

    static Mail delivered(SentFile file, Ref ref) {
        return moved(file, ref, Mail.Stage.DELIVERED);
    }

    private static Mail moved(SentFile file, Ref ref, Mail.Stage stage) {
        return new Mail.Moved(
                id(ref),
                file.group().map(group -> new Mail.InGroup(group, file.reached(), file.of())),
                ref.with(),
                stage);
    }

    /** @param serial tells transfers of this run apart */
    static Optional<Happening> progress(long serial, Transfers transfers, Ref ref, long bytes) {
        return one(transfers, ref)
                .map(one -> new Happening.Progress(
                        serial, one.way, new Party.User(ref.with()), one.name, bytes, one.size, Optional.of(one.id)));
    }

    /** @param passed bytes so far, as far as a stream has said */
    static FileAnswer.Transfers all(Transfers transfers, Map<Ref, Long> passed, Set<Ref> running) {
        var all = new ArrayList<FileAnswer.Transfer>();
        for (var file : transfers.sent().values())
            transfers.receiversOf(file.id()).forEach((ref, receiver) -> {
                var state = file.paused()
                        ? FileAnswer.State.PAUSED
                        : !receiver.hasRoom()
                                ? FileAnswer.State.NO_ROOM
                                : running.contains(ref) ? FileAnswer.State.UNDER_WAY : FileAnswer.State.WAITING;
                all.add(one(file, ref).transfer(passed.getOrDefault(ref, 0L), state));
            });
        for (var file : transfers.came().values())
            all.add(one(file)
                    .transfer(passed.getOrDefault(file.ref(), there(file)), state(file, running.contains(file.ref()))));
        return new FileAnswer.Transfers(List.copyOf(all));
    }

    private static long there(CameFile file) {
        return file.pieces().stream().mapToLong(file.offer()::pieceBytes).sum();
    }

    private static FileAnswer.State state(CameFile file, boolean runs) {
        return switch (file.state()) {
            case CameFile.Asking() -> FileAnswer.State.ASKING;
            case CameFile.Wanted() -> runs ? FileAnswer.State.UNDER_WAY : FileAnswer.State.WAITING;
            case CameFile.NoRoom() -> FileAnswer.State.NO_ROOM;
            case CameFile.Paused() -> FileAnswer.State.PAUSED;
            case CameFile.Naming naming -> FileAnswer.State.UNDER_WAY;
        };
    }

    private static String id(Ref ref) {
        return ref.file().toString();
    }

    private Telling() {}
}
