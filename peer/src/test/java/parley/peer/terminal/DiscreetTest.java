package parley.peer.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class DiscreetTest {
    @Test
    void harmlessLinesStayAsTheyAre() {
        for (var line : List.of(
                "list",
                " LIST ",
                "send bob  hi",
                "signin alice",
                "snd bob hi",
                "remove team bob",
                "invit team bob",
                "a\nb".replace("a", "list").replace("b", "list")))
            assertThat(Discreet.of(line)).as(line).contains(line);
    }

    @Test
    void passwordsGo() {
        assertThat(Discreet.of("signup alice hunter2")).contains("signup alice");
        assertThat(Discreet.of("  SignIn\talice   hunter2 and more ")).contains("SignIn alice");
        assertThat(Discreet.of("signup alice hunter2 invite hunter3")).contains("signup alice");
        assertThat(Discreet.of("passwd hunter2 hunter3")).contains("passwd");
        assertThat(Discreet.of("export file hunter2")).contains("export file");
        assertThat(Discreet.of("revoke alice zoo zoo zoo")).contains("revoke alice");
    }

    @Test
    void whatMayBeAPasswordIsNotKeptAtAll() {
        for (var line : List.of(
                "hunter2",
                "sigin alice hunter2",
                "SINGUP alice hunter2",
                "alice hunter2",
                "signup\u00a0alice hunter2",
                "send bob hi\nsignup alice hunter2",
                "list\nhunter2",
                "-signin alice hunter2",
                "REMOKE alice zoo zoo zoo"))
            assertThat(Discreet.of(line)).as(line).isEmpty();
    }
}
