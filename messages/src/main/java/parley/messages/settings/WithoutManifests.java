package parley.messages.settings;

import java.io.IOException;
import java.net.URL;
import java.util.Collections;
import java.util.Enumeration;
import org.jspecify.annotations.Nullable;

/**
 * The program's class loader, except that it finds no manifest. Pekko reads those of all jars to compare its modules'
 * versions, which one build has chosen: verifying and keeping what the signed ones say of 10,000 classes, twice, is a
 * tenth of a second of each start and some 10 MiB for good.
 */
public final class WithoutManifests extends ClassLoader {
    private static final String MANIFEST = "META-INF/MANIFEST.MF";

    static {
        registerAsParallelCapable();
    }

    public static WithoutManifests over(@Nullable ClassLoader program) {
        return new WithoutManifests(program);
    }

    private WithoutManifests(@Nullable ClassLoader program) {
        super("without-manifests", program);
    }

    @Override
    public @Nullable URL getResource(String name) {
        return name.equals(MANIFEST) ? null : super.getResource(name);
    }

    @Override
    public Enumeration<URL> getResources(String name) throws IOException {
        return name.equals(MANIFEST) ? Collections.emptyEnumeration() : super.getResources(name);
    }
}
