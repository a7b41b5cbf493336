package parley.bench;

import java.util.LinkedHashMap;
import java.util.Map;

/** {@code ./bench/run [NAME…]}: the named measurements, or all. */
public final class Bench {
    @FunctionalInterface
    interface Measurement {
        void run() throws Exception;
    }

    private static final Map<String, Measurement> ALL = new LinkedHashMap<>();

    static {
        ALL.put("ratchet", Ratchets::run);
        ALL.put("modern", ModernTexts::run);
        ALL.put("modern-files", ModernFiles::run);
        ALL.put("modern-groups", ModernGroups::run);
        ALL.put("relay", Relaying::run);
        ALL.put("gate", ModernRegistry::run);
        ALL.put("idle", IdlePeer::run);
        ALL.put("texts", Texts::run);
        ALL.put("files", Files::run);
        ALL.put("lookups", Lookups::run);
        ALL.put("signins", SignIns::run);
        ALL.put("memory", IdleMemory::run);
        ALL.put("startup", StartUp::run);
    }

    public static void main(String[] names) throws Exception {
        for (var name : names.length == 0 ? ALL.keySet().toArray(String[]::new) : names) {
            var measurement = ALL.get(name);
            if (measurement == null) {
                System.err.println("Unknown measurement %s, expected some of %s".formatted(name, ALL.keySet()));
                System.exit(2);
                return;
            }
            System.out.println("-- " + name);
            measurement.run();
        }
    }

    private Bench() {}
}
