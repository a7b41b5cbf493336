package parley.proving.power;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import parley.peer.store.HistoryLine;
import parley.peer.store.Reach;
import parley.peer.vault.VaultRefused;

/** What a person's peer had printed, and so must know. */
record VaultPromises(String name, List<Recording.Said> said) {
    private static final Map<String, Reach> STAGES =
            Map.of("sent", Reach.SENT, "delivered", Reach.DELIVERED, "read", Reach.READ);

    /** @param folder as the power failure after operation {@code at} left it */
    void areKept(Reader reader, Path folder, int at) throws Exception {
        var before = said.stream().filter(event -> event.at() <= at).toList();
        var texts = texts(reader, folder, before);
        if (texts.isEmpty()) return;
        var byId = new HashMap<String, HistoryLine>();
        for (var text : texts.get())
            assertThat(byId.put(text.entry().id().toString(), text))
                    .as("%s is there twice", text)
                    .isNull();
        for (var event : before) {
            if (event.isOk("send") || event.is("message")) assertThat(byId).containsKey(event.id());
            // Whoever reads on behind a cursor would miss a text that stands elsewhere now.
            if (event.is("message"))
                assertThat(text(byId, event).serial())
                        .isEqualTo(event.event().path("cursor").asLong());
            var stage =
                    Optional.ofNullable(STAGES.get(event.event().path("event").asText()));
            if (stage.isPresent())
                assertThat(text(byId, event).reach().orElseThrow())
                        .as("how far %s has come", event.event())
                        .isGreaterThanOrEqualTo(stage.get());
        }
    }

    private static HistoryLine text(Map<String, HistoryLine> byId, Recording.Said event) {
        return Objects.requireNonNull(byId.get(event.id()), "the text is missing: " + event.event());
    }

    /** Nothing if there is no account yet, and none was promised. */
    private Optional<List<HistoryLine>> texts(Reader reader, Path folder, List<Recording.Said> before)
            throws Exception {
        try {
            return Optional.of(reader.texts(folder, name));
        } catch (VaultRefused refused) {
            if (refused.reason() == VaultRefused.Reason.ABSENT
                    && before.stream().noneMatch(event -> event.isOk("signup"))) return Optional.empty();
            throw refused;
        }
    }
}
