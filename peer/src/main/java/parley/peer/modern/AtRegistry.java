package parley.peer.modern;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import parley.messages.directory.Reply;
import parley.messages.directory.Request;
import parley.messages.name.UserName;
import parley.peer.contact.ContactCommand;
import parley.peer.group.Groups;
import parley.peer.talk.Happening;

/**
 * What a session is at the registry: who may see it, which chains it waits for, which envelopes it has settled.
 *
 * <pre>
 *   away --up--&gt; connected --knock, signed in--&gt; in --down--&gt; away
 *                    `--not now--&gt; connected, knocks again after a while
 * </pre>
 *
 * What is asked while nobody is signed in waits for the next sign-in; for the session's actor only.
 */
final class AtRegistry {
    /** A registry that is busy is left alone for so long. */
    private static final Duration KNOCK_AGAIN = Duration.ofSeconds(5);

    private final ActorContext<ModernSession.Command> context;
    private final Parts parts;
    private final MailboxAcks acks = new MailboxAcks();

    /** Contacts whose chain, or bundle where true, could not be fetched yet. */
    private final Map<UserName, Boolean> unfetched = new HashMap<>();

    /** What the registry last handed out for somebody that was wrong. */
    private final Map<UserName, String> lies = new HashMap<>();

    private SortedSet<UserName> friendsTold = new TreeSet<>();
    private boolean tellingFriends;
    private int connection;
    private int signedInOn;
    private long inMailbox;

    AtRegistry(ActorContext<ModernSession.Command> context, Parts parts) {
        this.context = context;
        this.parts = parts;
    }

    boolean isSignedIn() {
        return signedInOn != 0;
    }

    /** False for what was asked on a connection that is gone. */
    boolean isCurrent(int on) {
        return on == connection;
    }

    /** Envelopes that waited at the last sign-in. */
    long inMailbox() {
        return inMailbox;
    }

    void up(int on) {
        connection = on;
        knock();
    }

    void down() {
        connection = 0;
        signedInOn = 0;
    }

    /** Once both are known: that the registry is there, and where others can call us. */
    void knock() {
        if (connection == 0 || isSignedIn() || !parts.links().isSettled()) return;
        int on = connection;
        context.pipeToSelf(
                parts.registration().signIn(parts.own(), parts.links().reachableAt()),
                (entry, failure) -> new ModernSession.Knocked(
                        on, entry == null ? new Registration.Away(String.valueOf(failure)) : entry));
    }

    void knockLater() {
        context.scheduleOnce(KNOCK_AGAIN, context.getSelf(), new ModernSession.KnockAgain(connection));
    }

    void signedIn(Reply.SignedIn as) {
        signedInOn = connection;
        inMailbox = as.envelopes();
        parts.upkeep().tell(new Upkeep.SignedIn(as));
        acks.reset();
        tellingFriends = false;
        friendsTold = new TreeSet<>();
        tellFriends();
        Map.copyOf(unfetched).forEach(this::fetch);
        // Before what waits is collected: whoever is none any more was one when he wrote.
        parts.groups().tell(new Groups.SignedIn());
        collect();
    }

    /** All that waits, from the first on: what was settled has been deleted. */
    void collect() {
        collect(0);
    }

    void collect(long aboveSerial) {
        if (isSignedIn()) parts.inquiry().ask(new Request.Collect(aboveSerial));
    }

    /** Nothing is asked about him any more. */
    void forget(UserName contact) {
        unfetched.remove(contact);
        lies.remove(contact);
    }

    /** An envelope is on disk here, or is none of ours. */
    void settled(long serial) {
        acks.settled(serial);
        acknowledge();
    }

    void acksAnswered(int on) {
        if (isCurrent(on)) acks.answered();
        acknowledge();
    }

    private void acknowledge() {
        int on = connection;
        if (!isSignedIn()) return;
        acks.next()
                .ifPresent(serials -> context.pipeToSelf(
                        parts.inquiry().ask(new Request.Ack(serials)),
                        (answer, failure) -> new ModernSession.AcksAnswered(on)));
    }

    void friendsTold(int on) {
        if (isCurrent(on)) tellingFriends = false;
        tellFriends();
    }

    /** Who may see us, and whom we want to see: the same. */
    void tellFriends() {
        var friends = parts.roster().friends();
        if (!isSignedIn() || tellingFriends || friends.equals(friendsTold)) return;
        tellingFriends = true;
        friendsTold = friends;
        int on = connection;
        parts.inquiry().ask(new Request.Allow(friends));
        context.pipeToSelf(
                parts.inquiry().ask(new Request.Watch(friends)),
                (answer, failure) -> new ModernSession.FriendsTold(on));
    }

    void fetch(UserName contact, boolean bundle) {
        if (!isSignedIn()) {
            unfetched.merge(contact, bundle, Boolean::logicalOr);
            return;
        }
        unfetched.remove(contact);
        var registry = parts.own().registry();
        var asked = bundle
                ? parts.inquiry().bundle(registry, contact)
                : parts.inquiry().chain(registry, contact);
        context.pipeToSelf(
                asked,
                (found, failure) -> new ModernSession.Fetched(
                        contact, bundle, found == null ? new Inquiry.Missing(false, String.valueOf(failure)) : found));
    }

    void fetched(UserName contact, boolean bundle, Inquiry.Found found, ActorRef<ContactCommand> cipher) {
        switch (found) {
            case Inquiry.Whole(var chain, var pair) ->
                cipher.tell(bundle ? new ContactCommand.Bundle(chain, pair) : new ContactCommand.ChainSeen(chain));
            case Inquiry.Missing(var never, var why) -> {
                if (!never && !isSignedIn()) unfetched.merge(contact, bundle, Boolean::logicalOr);
                cipher.tell(bundle ? new ContactCommand.NoBundle(never, why) : new ContactCommand.NoChain());
            }
            case Inquiry.Wrong(var why) -> {
                // Asked for again and again: once said is enough, until it is another lie.
                if (!why.equals(lies.put(contact, why)))
                    parts.screen().show(new Happening.Notice(why + "; it is not believed"));
                cipher.tell(bundle ? new ContactCommand.NoBundle(false, why) : new ContactCommand.NoChain());
            }
        }
    }
}
