package parley.peer.modern;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import parley.messages.name.GroupName;
import parley.messages.name.UserName;
import parley.peer.contact.News;
import parley.peer.talk.Happening;
import parley.peer.talk.Mail;

/** What contacts' ciphers tell, in the words of a screen. */
final class Announcer {
    private final Map<UserName, Integer> requests = new HashMap<>();

    /** Empty for what the reader shows from the store. */
    Optional<Happening> happening(News news) {
        return switch (news) {
            case News.TextOpened stored -> Optional.empty();
            case News.Reached(var to, var id, var stage, var inGroup) ->
                Optional.of(new Mail.Moved(
                        id.toString(),
                        inGroup.map(now -> new Mail.InGroup(now.group(), now.reached(), now.of())),
                        to,
                        stage(stage)));
            case News.RequestWaiting(var from, var count, var group) -> request(from, count, group);
            case News.Gap(var from, var first, var last) -> Optional.of(new Mail.Missing(from, last - first + 1));
            case News.GapFilled(var from, var counter) -> Optional.of(new Mail.MissingCame(from));
            case News.IdentityChanged(var who, var signed) ->
                Optional.of(new Mail.IdentityChanged(who, signed ? Mail.Change.SIGNED : Mail.Change.UNSIGNED));
            case News.IdentityEnded(var who) -> Optional.of(new Mail.IdentityChanged(who, Mail.Change.REVOKED));
            case News.ChainWithheld(var who) ->
                notice("The registry withholds some of what %s has published; what was seen before is believed"
                        .formatted(who));
            case News.VaultWasOld(var who, var ours, var missing) -> notice(old(who, ours, missing));
            case News.BadBundle(var who, var why) ->
                notice("What the registry hands out for %s is wrong: %s; asked for again later".formatted(who, why));
            case News.GaveUp(var to, var id, var group, var why) ->
                Optional.of(new Mail.NotSent(id.toString(), group, to, why));
            case News.UnknownKind(var from, var kind) ->
                notice("%s sent something that this version cannot show".formatted(from));
        };
    }

    /** The same number again says nothing new. */
    private Optional<Happening> request(UserName from, int count, Optional<GroupName> group) {
        var before = requests.put(from, count);
        boolean news = count > 0 && (before == null || before < count);
        if (!news) return Optional.empty();
        return Optional.of(new Mail.RequestCame(from, group, group.isPresent() ? count - 1 : count));
    }

    static Mail.Stage stage(News.Stage stage) {
        return switch (stage) {
            case SENT -> Mail.Stage.SENT;
            case DELIVERED -> Mail.Stage.DELIVERED;
            case READ -> Mail.Stage.READ;
        };
    }

    private static String old(UserName who, boolean ours, long missing) {
        var whose = ours ? "Our vault is older than what %s has seen of us" : "The vault of %s is an older copy";
        var texts = missing == 0 ? "" : "; up to %d texts may be missing".formatted(missing);
        return whose.formatted(who) + texts + ". New sessions were begun";
    }

    private static Optional<Happening> notice(String text) {
        return Optional.of(new Happening.Notice(text));
    }
}
