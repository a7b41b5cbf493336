package parley.messages.settings;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.Test;

class WithoutManifestsTest {
    private static final String MANIFEST = "META-INF/MANIFEST.MF";

    private final ClassLoader program = WithoutManifestsTest.class.getClassLoader();
    private final ClassLoader without = WithoutManifests.over(program);

    @Test
    void manifestsAreThereAndNotFound() throws IOException {
        assertThat(program.getResources(MANIFEST).hasMoreElements()).isTrue();
        assertThat(without.getResources(MANIFEST).hasMoreElements()).isFalse();
        assertThat(without.getResource(MANIFEST)).isNull();
        assertThat(without.getResourceAsStream(MANIFEST)).isNull();
    }

    @Test
    void allElseIsTheProgramsOwn() throws Exception {
        assertThat(without.loadClass(Settings.class.getName())).isSameAs(Settings.class);
        assertThat(without.getResource("reference.conf")).isEqualTo(program.getResource("reference.conf"));
        assertThat(without.getResources("reference.conf").hasMoreElements()).isTrue();
    }
}
