package parley.peer.modern;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import parley.messages.directory.Push;
import parley.messages.field.MalformedFields;
import parley.messages.name.PeerAddress;
import parley.messages.name.UserName;
import parley.messages.wire.EnvelopeCodec;
import parley.peer.contact.ContactCommand;
import parley.peer.contact.Effect;
import parley.peer.contact.News;
import parley.peer.contact.Path;
import parley.peer.delivery.Delivery;
import parley.peer.file.FileEffect;
import parley.peer.file.FilesCommand;
import parley.peer.group.GroupEffect;
import parley.peer.group.Groups;
import parley.peer.link.mutual.Links;
import parley.peer.talk.Happening;
import parley.peer.talk.Mail;

/**
 * Who hears what: contacts' ciphers, their deliveries, links, the registry, groups and files know nothing of each other,
 * and what one of them says for another is passed on here. Mutable.
 */
final class Introductions {
    private final Parts parts;
    private final AtRegistry atRegistry;
    private final Strangers strangers;
    private final Unsettled unsettled;
    private final Announcer announcer = new Announcer();

    /** The last link with each whose cipher was read anew, as of then. */
    private final Map<UserName, Long> linksBegunAnew = new HashMap<>();

    /** Whose disk trouble the user knows of. */
    private final Set<UserName> ailing = new HashSet<>();

    Introductions(Parts parts, AtRegistry atRegistry, Strangers strangers, Unsettled unsettled) {
        this.parts = parts;
        this.atRegistry = atRegistry;
        this.strangers = strangers;
        this.unsettled = unsettled;
    }

    /** For as long as we are signed in. */
    Member meet(UserName name) {
        strangers.keep(name);
        return member(name);
    }

    private Member member(UserName name) {
        boolean known = parts.roster().find(name).isPresent();
        var member = parts.roster().meet(name);
        if (!known && atRegistry.isSignedIn()) member.delivery().tell(new Delivery.Registry(true));
        return member;
    }

    void carried(Effect effect) {
        var member = member(effect.contact());
        switch (effect) {
            case Effect.Transmit transmit ->
                member.delivery()
                        .tell(new Delivery.Transmit(EnvelopeCodec.decode(transmit.envelope()), transmit.inMailbox()));
            case Effect.Withdraw(var contact, var id) -> member.delivery().tell(new Delivery.Withdraw(List.of(id)));
            case Effect.NeedBundle(var contact) -> atRegistry.fetch(contact, true);
            case Effect.NeedChain(var contact) -> atRegistry.fetch(contact, false);
            case Effect.Acknowledge(var contact, var id, var path) -> {
                switch (path) {
                    case Path.Link() -> parts.links().acknowledge(contact, id);
                    case Path.Mailbox(var serial) -> {
                        unsettled.settled(contact, serial);
                        atRegistry.settled(serial);
                    }
                }
            }
            case Effect.Refuse(var contact, var id, var reason) -> parts.links().refuse(contact, id, reason);
            case Effect.Leave(var contact, var id, var path) -> {
                switch (path) {
                    case Path.Link() -> parts.links().putOff(contact, id);
                    case Path.Mailbox(var serial) -> unsettled.settled(contact, serial);
                }
            }
            case Effect.CollectAgain(var contact) -> atRegistry.collect();
            case Effect.ForFiles forFiles -> parts.files().tell(new FilesCommand.Came(forFiles));
            case Effect.FileInMailbox(var contact, var file) ->
                parts.files().tell(new FilesCommand.InMailbox(contact, file));
            case Effect.GaveUpFile(var contact, var file, var why) ->
                parts.files().tell(new FilesCommand.GaveUp(contact, file, why));
            case Effect.ForGroup forGroup -> parts.groups().tell(new Groups.Came(forGroup));
            case Effect.Known(var contact, var standing, var trust, var chain) -> {
                var now = member.known(standing, trust, chain);
                parts.roster().put(now);
                parts.links().know(now);
                atRegistry.tellFriends();
            }
            case News news -> {
                if (news instanceof News.TextOpened(var from, var id, var text, var time, var serial)) {
                    ailing.remove(from);
                    parts.reader().tell(new Reader.More());
                }
                announcer.happening(news).ifPresent(this::show);
            }
        }
    }

    void ofGroup(GroupEffect effect) {
        switch (effect) {
            case GroupEffect.ToContact(var contact, var command) ->
                meet(contact).cipher().tell(command);
            case GroupEffect.FileCame(var group, var what) ->
                parts.files().tell(new FilesCommand.CameInGroup(group, what));
            case GroupEffect.FileNotSent(var contact, var file, var why) ->
                parts.files().tell(new FilesCommand.GaveUp(contact, file, why));
            case GroupEffect.Tell(var mail) -> show(mail);
            case GroupEffect.TextCame() -> parts.reader().tell(new Reader.More());
        }
    }

    void ofFiles(FileEffect effect) {
        switch (effect) {
            case FileEffect.ToContact(var contact, var command) ->
                meet(contact).cipher().tell(command);
            case FileEffect.Tell(var happening) -> show(happening);
            case FileEffect.Came() -> parts.reader().tell(new Reader.More());
            case FileEffect.Inward theirs -> {}
        }
    }

    void delivered(UserName contact, Delivery.Outcome outcome) {
        var cipher = member(contact).cipher();
        switch (outcome) {
            case Delivery.InMailbox(var id) -> cipher.tell(new ContactCommand.Deposited(id));
            case Delivery.Undeliverable(var id, var why) -> cipher.tell(new ContactCommand.NotDeposited(id, true, why));
            case Delivery.Refused(var why) -> show(new Happening.Notice(why));
            case Delivery.Left stray -> {}
        }
    }

    /** What came while a cipher's disk did not follow was not acknowledged: it is asked for once more. */
    void kept(UserName contact) {
        if (ailing.add(contact))
            show(new Happening.Notice("The disk does not take what %s and you write; tried again".formatted(contact)));
    }

    /** Behind what was lost, on a link of before or in the mailbox, others may still be on their way. */
    void keptAgain(UserName contact, Runnable on) {
        linksBegunAnew.put(contact, Links.newest());
        unsettled.beginsAnew(contact);
        parts.links().beginAnew(contact);
        on.run();
        atRegistry.collect();
    }

    void linked(Links.Change news) {
        switch (news) {
            case Links.Listening(var at) -> {
                parts.links().listening(PeerAddress.of(at));
                atRegistry.knock();
            }
            case Links.CannotListen(var why) -> {
                show(new Happening.Notice(why + ": nobody can call, texts come by the mailbox or on links of ours"));
                parts.links().notListening();
                atRegistry.knock();
            }
            case Links.LinkUp(var contact, var link) -> linked(contact, true, new Delivery.LinkUp(link));
            case Links.LinkDown(var contact, var why) -> linked(contact, false, new Delivery.LinkDown());
            case Links.NotReached(var contact, var why) -> {}
            case Links.Behind(var contact, var statements) -> atRegistry.fetch(contact, false);
            case Links.Differs(var contact) ->
                show(new Happening.Notice(
                        "%s has another key chain than the registry says: don't trust it".formatted(contact)));
            case Links.Came(var contact, var link, var envelope) -> {
                if (link > linksBegunAnew.getOrDefault(contact, 0L))
                    meet(contact).cipher().tell(new ContactCommand.Open(envelope, new Path.Link()));
            }
            case Links.Acked(var contact, var ids) -> meet(contact).cipher().tell(new ContactCommand.Acked(ids));
            case Links.Refused(var contact, var id, var reason) ->
                meet(contact).cipher().tell(new ContactCommand.RefusedBy(id, reason));
        }
    }

    private void linked(UserName contact, boolean up, Delivery.Command news) {
        var member = meet(contact);
        parts.roster().put(member.linked(up));
        member.delivery().tell(news);
    }

    // --- the registry ---------------------------------------------------------------------------------------------

    /** The registry says so. */
    void presence(UserName name, boolean online, Optional<PeerAddress> at) {
        parts.roster().find(name).ifPresent(member -> {
            member.delivery().tell(online ? new Delivery.Online(at) : new Delivery.Offline());
            parts.roster().put(member.online(online, at));
            parts.files().tell(online ? new FilesCommand.Online(name, at) : new FilesCommand.Offline(name));
            if (member.online() != online) show(new Mail.Presence(name, online));
        });
    }

    /** It waited there for us. */
    void fromMailbox(Push.Envelope push) {
        try {
            // We never write to ourselves, whatever a registry says: nobody is met for it.
            if (push.from().equals(parts.own().name())) throw new MalformedFields("from ourselves");
            var envelope = EnvelopeCodec.decode(push.envelope());
            if (!strangers.admits(push.from(), push.serial()) || !unsettled.takes(push.from(), push.serial())) return;
            member(push.from()).cipher().tell(new ContactCommand.Open(envelope, new Path.Mailbox(push.serial())));
        } catch (MalformedFields nothingOfOurs) {
            atRegistry.settled(push.serial());
        }
    }

    private void show(Happening happening) {
        parts.screen().show(happening);
    }
}
