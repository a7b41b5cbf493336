package parley.peer;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class DemoStageTest {
    @Test
    void echoAnswersWhereItWasSpokenTo() throws IOException {
        assertThat(answer("{\"event\":\"message\",\"from\":\"you\",\"text\":\"FILE  a\\nb\"}"))
                .contains("send -- you -- FILE  a b");
        assertThat(answer("{\"event\":\"request\",\"from\":\"you\",\"texts\":1}"))
                .contains("accept you");
    }

    @Test
    void echoKeepsSilentAboutAllElse() throws IOException {
        assertThat(answer("{\"event\":\"ok\",\"command\":\"send\",\"to\":\"you\",\"missed\":[\"a\",{\"b\":1}]}"))
                .isEmpty();
        assertThat(answer("{\"event\":\"error\",\"command\":\"send\",\"message\":\"x\"}"))
                .isEmpty();
        assertThat(answer("[]")).isEmpty();
    }

    @Test
    void onlyPlainFieldsAreRead() throws IOException {
        assertThat(DemoProcess.fields("{\"a\":[1,{\"b\":2}],\"c\":\"d\",\"e\":{\"f\":1},\"g\":7}"))
                .isEqualTo(Map.of("c", "d", "g", "7"));
    }

    private static Optional<String> answer(String event) throws IOException {
        return DemoStage.answer(DemoProcess.fields(event));
    }
}
