package parley.proving.power;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;

/** Notes what programs do to the files below a folder. */
record Recorder(Interposer interposer, Path folder, Path log) {
    static Recorder compiled(Path workshop, Path folder) throws IOException, InterruptedException {
        return new Recorder(Interposer.compiled(workshop), folder.toRealPath(), workshop.resolve("log"));
    }

    /** For the environment of whoever is to be recorded. */
    Map<String, String> variables() {
        return interposer.before(folder, "PARLEY_RECORD_LOG", log);
    }
}
