package parley.peer.modern;

import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.random.RandomGenerator;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.DispatcherSelector;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import parley.messages.identity.Fingerprint;
import parley.messages.identity.KeyChain;
import parley.messages.name.UserName;
import parley.peer.contact.Allowance;
import parley.peer.contact.ContactCipher;
import parley.peer.contact.ContactSettings;
import parley.peer.contact.Effect;
import parley.peer.contact.Surroundings;
import parley.peer.delivery.Delivery;
import parley.peer.file.FileEffect;
import parley.peer.file.Files;
import parley.peer.file.FilesCommand;
import parley.peer.file.FilesSurroundings;
import parley.peer.file.KnownFiles;
import parley.peer.group.GroupEffect;
import parley.peer.group.GroupSurroundings;
import parley.peer.group.Groups;
import parley.peer.group.KnownGroups;
import parley.peer.link.mutual.Links;
import parley.peer.link.mutual.Own;
import parley.peer.lookup.directory.Directory;
import parley.peer.store.AccountVault;
import parley.peer.store.OwnKeys;
import parley.peer.store.PendingSignUp;
import parley.peer.store.Store;
import parley.peer.stream.Streams;
import parley.peer.talk.Screen;

/** What a session is made of, and lives as long as it. */
record Parts(
        ModernSettings settings,
        Screen screen,
        AccountVault.Home home,
        OwnKeys keys,
        ActorRef<Store.Command> store,
        ActorRef<Directory.Command> directory,
        Inquiry inquiry,
        Registration registration,
        Wiring links,
        Roster roster,
        Errands errands,
        ActorRef<Reader.Command> reader,
        ActorRef<Upkeep.Command> upkeep,
        ActorRef<Groups.Command> groups,
        ActorRef<FilesCommand> files) {

    /** What a session is made from. */
    record Account(AccountVault vault, List<UserName> contacts, ModernSettings settings, Screen screen) {}

    /** Where the parts tell what happens. */
    record Ears(
            ActorRef<Directory.Change> registry,
            ActorRef<Effect> effects,
            ActorRef<Links.Change> links,
            ActorRef<GroupEffect> groups,
            ActorRef<FileEffect> files,
            ActorRef<Streams.Change> streams,
            Deliveries deliveries,
            Keepers keepers) {}

    /** What is told of the deliveries to one contact. */
    interface Deliveries {
        ActorRef<Delivery.Outcome> of(UserName contact);
    }

    /** What is told of the cipher of one contact. */
    interface Keepers {
        Keeper.Owner of(UserName contact);
    }

    static Parts assemble(ActorContext<?> context, Account account, Ears ears) {
        var settings = account.settings();
        var screen = account.screen();
        var keys = account.vault().keys();
        var home = account.vault().home();
        // Before the store has the vault: no cipher may hear of a group before we know whether it is ours.
        var knownGroups = account.vault().look(KnownGroups::read);
        var knownFiles = account.vault().look(KnownFiles::read);
        var pending = account.vault().pending();
        var store = context.spawn(Store.create(account.vault().vault()), "store", Store.props());
        var pin = settings.pin().orElse(home.key());
        var directory =
                context.spawn(Calling.registry(settings, Optional.of(pin), keys.tls(), ears.registry()), "directory");
        var inquiry = Calling.inquiry(directory, context.getSystem(), settings);
        var streams = context.spawn(Streams.create(ears.streams(), settings.registryIsHere()), "streams");
        var links = new Wiring(
                context.spawn(
                        Links.create(
                                settings.link(),
                                Optional.of(settings.listenAt()),
                                us(keys, settings),
                                RandomGenerator.getDefault(),
                                ears.links(),
                                Optional.of(connection -> streams.tell(new Streams.Took(connection)))),
                        "links"),
                settings.reachableAt());
        var clock = InstantSource.system();
        var around = new Surroundings(
                keys,
                store,
                ears.effects(),
                Allowance.create(),
                knownGroups,
                knownFiles,
                new SecureRandom(),
                clock,
                ContactSettings.DEFAULT.withReadReceipts(settings.readReceipts()));
        var groups = context.spawn(
                Groups.create(new GroupSurroundings(
                        keys,
                        store,
                        Calling.groupDesk(inquiry),
                        knownGroups,
                        ears.groups(),
                        new SecureRandom(),
                        clock,
                        settings.readReceipts())),
                "groups");
        var files = context.spawn(
                Files.create(new FilesSurroundings(
                        keys.chain().name(),
                        keys.chain().registry(),
                        store,
                        knownFiles,
                        streams,
                        new Offering(groups, context.getSystem()),
                        new Relaying(context.getSystem(), settings, pin, keys),
                        ears.files(),
                        context.getSystem().dispatchers().lookup(DispatcherSelector.fromConfig(Accounts.DISK)),
                        new SecureRandom(),
                        clock,
                        settings.files())),
                "files");
        var errands = new Errands(context, store, screen);
        // Whoever was let go and is met again must not wait for the actors of before to end.
        var meetings = new AtomicLong();
        var roster = new Roster(name -> Member.met(
                name,
                errands.writer(name),
                context.spawn(
                        Keeper.create(
                                name,
                                () -> ContactCipher.create(name, around),
                                settings.pauses(),
                                ears.keepers().of(name)),
                        "cipher-%s-%d".formatted(name, meetings.incrementAndGet())),
                context.spawn(
                        Delivery.create(
                                new Ways(name, inquiry, links),
                                settings.delivery(),
                                RandomGenerator.getDefault(),
                                System::nanoTime,
                                ears.deliveries().of(name)),
                        "delivery-%s-%d".formatted(name, meetings.incrementAndGet()))));
        return new Parts(
                settings,
                screen,
                home,
                keys,
                store,
                directory,
                inquiry,
                new Registration(inquiry, pending.flatMap(PendingSignUp::invite)),
                links,
                roster,
                errands,
                context.spawn(Reader.create(store, screen, settings.since()), "reader"),
                context.spawn(
                        Upkeep.create(
                                keys, pending, store, inquiry, screen, clock, () -> links.become(us(keys, settings))),
                        "upkeep"),
                groups,
                files);
    }

    /** Who we are to those whom we link with. */
    private static Own us(OwnKeys keys, ModernSettings settings) {
        var chain = keys.chain();
        return new Own(
                chain.registry(),
                chain.name(),
                chain.identity(),
                Calling.credentials(keys.tls()),
                chain.statements().size(),
                chain.head(),
                settings.registryIsHere());
    }

    KeyChain own() {
        return keys.chain();
    }

    /** As one tells it to somebody else. */
    String registryShown() {
        return settings.registry() + "#" + Fingerprint.of(home.key());
    }
}
