package parley.registry;

import static org.assertj.core.api.Assertions.assertThat;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.RecipientRef;
import org.apache.pekko.actor.typed.javadsl.AskPattern;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.japi.function.Function;
import parley.messages.identity.RegistryId;
import parley.registry.cluster.ClusterOfOne;
import parley.registry.group.Groups;
import parley.registry.journal.JournalFolder;
import parley.registry.mailbox.Envelopes;
import parley.registry.mailbox.Mailbox;
import parley.registry.mailbox.Mailboxes;
import parley.registry.user.Users;

/** A whole registry but for its gate, on a real journal in {@code folder}; started again, it finds what it left. */
public final class RunningRegistry implements AutoCloseable {
    public static final Duration PATIENCE = Duration.ofSeconds(30);

    public final ActorSystem<Void> system;
    public final Users users;
    public final Groups groups;
    public final Mailboxes mailboxes;
    public final RegistryId id;
    private final JournalFolder journal;

    private RunningRegistry(
            JournalFolder journal, ActorSystem<Void> system, Users users, Groups groups, Mailboxes mailboxes) {
        this.id = new RegistryId(journal.identity().id());
        this.journal = journal;
        this.system = system;
        this.users = users;
        this.groups = groups;
        this.mailboxes = mailboxes;
    }

    public static RunningRegistry start(Path folder) throws IOException {
        return start(folder, "");
    }

    public static RunningRegistry start(Path folder, String settings) throws IOException {
        var journal = JournalFolder.claim(folder);
        var system = ActorSystem.create(Behaviors.<Void>empty(), "registry", config(journal, settings));
        ClusterOfOne.join(system);
        var envelopes = new Envelopes(journal.shelf());
        var registry = new RegistryId(journal.identity().id());
        var users = Users.init(system, registry, journal.shelf(), envelopes::waiting);
        var mailboxes = Mailboxes.init(
                system,
                envelopes,
                name -> users.standing(name, PATIENCE)
                        .thenApply(standing -> Mailbox.Recipient.valueOf(standing.name())));
        return new RunningRegistry(journal, system, users, Groups.init(system, registry, users), mailboxes);
    }

    private static Config config(JournalFolder journal, String settings) {
        return ConfigFactory.load(ConfigFactory.parseString("pekko.fail-mixed-versions = off\n" + settings)
                .withFallback(journal.config())
                .withFallback(ClusterOfOne.config()));
    }

    public <Q, A> A ask(RecipientRef<Q> whom, Function<ActorRef<A>, Q> question) {
        return answered(asking(whom, question));
    }

    public <Q, A> CompletionStage<A> asking(RecipientRef<Q> whom, Function<ActorRef<A>, Q> question) {
        return AskPattern.ask(whom, question, PATIENCE, system.scheduler());
    }

    public static <A> A answered(CompletionStage<A> asked) {
        return assertThat(asked).succeedsWithin(PATIENCE).actual();
    }

    @Override
    public void close() throws IOException {
        system.terminate();
        answered(system.getWhenTerminated());
        journal.close();
    }
}
