package parley.messages.settings;

import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigValue;
import com.typesafe.config.ConfigValueType;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * What kind of value a key takes, read from its default in {@code reference.conf}: a schema that can't drift from the
 * documentation, because it is the documentation.
 */
enum Kind {
    SECTION("a section in braces"),
    LIST("a list in brackets"),
    SWITCH("on or off"),
    NUMBER("a whole number"),
    TIME("a time with its unit, such as 20 ms or 5 s"),
    SIZE("a size with its unit, such as 4 KiB"),
    TEXT("a text");

    private static final Set<String> SWITCHES = Set.of("on", "off", "yes", "no", "true", "false");

    /** Typesafe Config takes a bare number for so many milliseconds, or bytes; whoever wrote it may not. */
    private static final Pattern NO_UNIT = Pattern.compile("-?[\\d.]*");

    private final String expected;

    Kind(String expected) {
        this.expected = expected;
    }

    String expected() {
        return expected;
    }

    boolean fits(ConfigValue value) {
        try {
            return reads(value);
        } catch (ConfigException wrong) {
            return false;
        }
    }

    private boolean reads(ConfigValue value) {
        var config = value.atKey("it");
        return switch (this) {
            case SECTION -> value.valueType() == ConfigValueType.OBJECT;
            case LIST -> value.valueType() == ConfigValueType.LIST;
            case SWITCH -> value.valueType() == ConfigValueType.BOOLEAN || SWITCHES.contains(config.getString("it"));
            case NUMBER -> config.getLong("it") == config.getDouble("it");
            case TIME ->
                withUnit(config.getString("it")) && !config.getDuration("it").isNegative();
            case SIZE ->
                withUnit(config.getString("it")) && config.getMemorySize("it").toBytes() >= 0;
            case TEXT ->
                value.valueType() != ConfigValueType.OBJECT
                        && value.valueType() != ConfigValueType.LIST
                        && value.valueType() != ConfigValueType.NULL;
        };
    }

    static Kind of(ConfigValue reference) {
        return switch (reference.valueType()) {
            case OBJECT -> SECTION;
            case LIST -> LIST;
            case BOOLEAN -> SWITCH;
            case NUMBER -> NUMBER;
            case NULL -> TEXT;
            case STRING -> {
                if (SWITCHES.contains((String) reference.unwrapped())) yield SWITCH;
                yield TIME.fits(reference) ? TIME : SIZE.fits(reference) ? SIZE : TEXT;
            }
        };
    }

    private static boolean withUnit(String text) {
        return !NO_UNIT.matcher(text).matches();
    }
}
