package parley.peer.transfer;

import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.Locale;
import java.util.Set;

/**
 * Names for files from elsewhere. The sender decides what a name says, never where the file goes, what it replaces or
 * what a terminal does when the name is shown.
 */
public final class FileNames {
    /** Bytes of UTF-8. What the file systems of today take at most. */
    static final int NAME_BYTES_MAX = 255;

    private static final String NAMELESS = "file";

    /** Bytes. A longer extension is no extension and may be cut like the rest. */
    private static final int EXTENSION_BYTES_MAX = 32;

    /** Devices on Windows, with any extension: the folder may be a shared one. */
    private static final Set<String> DEVICES = Set.of(
            "con",
            "prn",
            "aux",
            "nul",
            "conin$",
            "conout$",
            "clock$",
            "com0",
            "com1",
            "com2",
            "com3",
            "com4",
            "com5",
            "com6",
            "com7",
            "com8",
            "com9",
            "com\u00b9",
            "com\u00b2",
            "com\u00b3",
            "lpt0",
            "lpt1",
            "lpt2",
            "lpt3",
            "lpt4",
            "lpt5",
            "lpt6",
            "lpt7",
            "lpt8",
            "lpt9",
            "lpt\u00b9",
            "lpt\u00b2",
            "lpt\u00b3");

    /** Any path, however hostile, to a name that is safe in any folder on any system, and to show. Never empty. */
    public static String safe(String untrusted) {
        // One way to write each letter: two names that look the same must collide, and so be numbered.
        var path = Normalizer.normalize(untrusted, Normalizer.Form.NFC);
        var visible = new StringBuilder();
        path.substring(Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\')) + 1)
                .codePoints()
                .forEach(c -> {
                    if (isBlank(c)) visible.append(' ');
                    else if (!isUnsafe(c)) visible.appendCodePoint(c);
                });
        var name = trimmed(visible.toString());
        if (name.isEmpty()) return NAMELESS;
        return fitted(isDevice(name) ? "_" + name : name, "");
    }

    /** {@code pic.bin} to {@code pic (2).bin}, still not too long. */
    static String numbered(String name, int number) {
        return fitted(name, " (%d)".formatted(number));
    }

    /** Puts {@code mark} before the extension and cuts what is too long before that, between code points. */
    private static String fitted(String name, String mark) {
        int dot = name.lastIndexOf('.');
        var extension = dot > 0 ? name.substring(dot) : "";
        if (bytes(extension) > EXTENSION_BYTES_MAX) extension = "";
        var stem = name.substring(0, name.length() - extension.length());
        int room = NAME_BYTES_MAX - bytes(mark) - bytes(extension);
        while (bytes(stem) > room) stem = stem.substring(0, stem.offsetByCodePoints(stem.length(), -1));
        return stem + mark + extension;
    }

    /** Leading dots hide a file, trailing ones and blanks vanish on Windows, leading dashes look like options. */
    private static String trimmed(String name) {
        int start = 0;
        int end = name.length();
        while (start < end && " .-~".indexOf(name.charAt(start)) >= 0) start++;
        while (end > start && " .".indexOf(name.charAt(end - 1)) >= 0) end--;
        return name.substring(start, end);
    }

    private static boolean isBlank(int c) {
        return c == '\t' || Character.getType(c) == Character.SPACE_SEPARATOR;
    }

    /** Controls, bidi and zero width, half surrogates, unassigned ones, and what Windows or a shell would act on. */
    private static boolean isUnsafe(int c) {
        return switch (Character.getType(c)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.PRIVATE_USE,
                    Character.UNASSIGNED,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR -> true;
            default -> "<>:\"|?*".indexOf(c) >= 0 || isInvisible(c);
        };
    }

    /** Letters and marks by their type that nevertheless show nothing. */
    private static boolean isInvisible(int c) {
        return c == 0x034f // combining grapheme joiner
                || c == 0x115f // Hangul fillers
                || c == 0x1160
                || c == 0x3164
                || c == 0xffa0
                || (c >= 0xfe00 && c <= 0xfe0f) // variation selectors
                || (c >= 0xe0100 && c <= 0xe01ef);
    }

    private static boolean isDevice(String name) {
        int dot = name.indexOf('.');
        var stem = (dot < 0 ? name : name.substring(0, dot)).strip().toLowerCase(Locale.ROOT);
        return DEVICES.contains(stem);
    }

    private static int bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8).length;
    }

    private FileNames() {}
}
