package parley.peer.file;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import parley.peer.talk.FileAnswer;
import parley.peer.talk.FileMail;
import parley.peer.talk.Happening;
import parley.peer.talk.Mail;
import parley.peer.talk.Party;
import parley.peer.transfer.FileNames;

/** Files under way, as a screen knows them. Names of others are made safe before anybody sees them. */
final class Telling {
    static String name(CameFile file) {
        return FileNames.safe(file.offer().name());
    }

    static Mail came(CameFile file, FileEffect.Kept kept, String sha256) {
        return new FileMail.Came(
                id(file.ref()),
                file.group(),
                file.ref().with(),
                name(file),
                kept.path(),
                file.offer().size(),
                sha256,
                kept.type());
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
        return new FileMail.Held(
                id(file.ref()), file.group(), Happening.Way.IN, file.ref().with(), name(file), why);
    }

    static Mail held(SentFile file, Ref ref, String why) {
        return new FileMail.Held(
                id(ref),
                file.group(),
                Happening.Way.OUT,
                ref.with(),
                file.offer().name(),
                why);
    }

    static Optional<Mail> held(Transfers transfers, Ref ref, String why) {
        var theirs = transfers.came().get(ref);
        if (theirs != null) return Optional.of(held(theirs, why));
        return Optional.ofNullable(transfers.sent().get(ref.file())).map(file -> held(file, ref, why));
    }

    static Mail failed(CameFile file, String why) {
        return new FileMail.Failed(
                id(file.ref()), file.group(), Happening.Way.IN, file.ref().with(), name(file), why);
    }

    static Mail failed(SentFile file, Ref ref, String why) {
        return new FileMail.Failed(
                id(ref),
                file.group(),
                Happening.Way.OUT,
                ref.with(),
                file.offer().name(),
                why);
    }

    static Mail delivered(SentFile file, Ref ref) {
        return new Mail.Moved(
                id(ref),
                file.group().map(group -> new Mail.InGroup(group, file.reached(), file.of())),
                ref.with(),
                Mail.Stage.DELIVERED);
    }

    /** @param serial tells transfers of this run apart */
    static Optional<Happening> progress(long serial, Transfers transfers, Ref ref, long bytes) {
        var with = new Party.User(ref.with());
        var id = Optional.of(id(ref));
        var theirs = transfers.came().get(ref);
        if (theirs != null) {
            long size = theirs.offer().size();
            return Optional.of(new Happening.Progress(serial, Happening.Way.IN, with, name(theirs), bytes, size, id));
        }
        return Optional.ofNullable(transfers.sent().get(ref.file()))
                .map(SentFile::offer)
                .map(offer ->
                        new Happening.Progress(serial, Happening.Way.OUT, with, offer.name(), bytes, offer.size(), id));
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
                all.add(new FileAnswer.Transfer(
                        id(ref),
                        file.group(),
                        Happening.Way.OUT,
                        ref.with(),
                        file.offer().name(),
                        passed.getOrDefault(ref, 0L),
                        file.offer().size(),
                        state));
            });
        for (var file : transfers.came().values())
            all.add(new FileAnswer.Transfer(
                    id(file.ref()),
                    file.group(),
                    Happening.Way.IN,
                    file.ref().with(),
                    name(file),
                    passed.getOrDefault(file.ref(), there(file)),
                    file.offer().size(),
                    state(file, running.contains(file.ref()))));
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
