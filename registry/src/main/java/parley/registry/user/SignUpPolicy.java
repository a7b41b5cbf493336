package parley.registry.user;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import java.util.Locale;

/** How one gets a modern account here; {@code parley.registry.sign-up} in reference.conf. */
public enum SignUpPolicy {
    OPEN,
    /** With a code that the operator gave out. */
    INVITE,
    CLOSED;

    private static final String KEY = "parley.registry.sign-up";

    /** @throws ConfigException if the setting is none of them */
    public static SignUpPolicy of(Config config) {
        var word = config.getString(KEY);
        for (var policy : values()) if (policy.name().toLowerCase(Locale.ROOT).equals(word)) return policy;
        throw new ConfigException.BadValue(
                config.getValue(KEY).origin(), KEY, "found \"%s\", expected open, invite or closed".formatted(word));
    }
}
