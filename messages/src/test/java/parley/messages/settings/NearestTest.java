package parley.messages.settings;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NearestTest {
    static final List<String> COMMANDS =
            List.of("signup", "signin", "list", "members", "create", "join", "send", "exit");

    @ParameterizedTest
    @CsvSource({"singup,signup", "LSIT,list", "exi,exit", "creat,create", "memebrs,members", "joinn,join"})
    void aTypoFindsItsCommand(String typed, String meant) {
        assertThat(Nearest.to(typed, COMMANDS)).contains(meant);
    }

    @ParameterizedTest
    @CsvSource({"hello", "x", "quit", "''"})
    void anotherWordFindsNothing(String typed) {
        assertThat(Nearest.to(typed, COMMANDS)).isEmpty();
    }

    @Test
    void somethingIsNamedHoweverFarItIs() {
        assertThat(Nearest.among("zebra", List.of("data", "classic"))).contains("data");
        assertThat(Nearest.among("zebra", List.of())).isEmpty();
    }

    @Test
    void ofSeveralTheFirstInTheAlphabet() {
        assertThat(Nearest.to("bat", List.of("hat", "cat", "mat"))).contains("cat");
    }

    @Test
    void aNovelIsNotCompared() {
        assertThat(Nearest.to("a".repeat(1_000_000), COMMANDS)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"ab,ba,1", "list,lst,1", "list,lits,1", "'',abc,3", "kitten,sitting,3"})
    void typosAreCounted(String a, String b, int typos) {
        assertThat(Nearest.typos(a, b)).isEqualTo(typos);
        assertThat(Nearest.typos(b, a)).isEqualTo(typos);
    }
}
