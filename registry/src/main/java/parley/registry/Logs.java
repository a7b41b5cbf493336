package parley.registry;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.encoder.PatternLayoutEncoder;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.ConsoleAppender;
import org.slf4j.LoggerFactory;
import parley.messages.settings.Settings;

/**
 * Log lines go to standard error: ours from INFO on, the libraries' from WARN on, unless the settings say otherwise. In
 * code and not in a {@code logback.xml}, as a peer on the same class path has its own idea of it.
 */
final class Logs {
    private static final String LINE = "%d{yyyy-MM-dd HH:mm:ss} %-5level %msg%n%ex{3}";

    /** Our own message says the same in one line, so the listener need not warn. */
    private static final String BINDS = "org.apache.pekko.io.TcpListener";

    /** To be called before the actor system is made, or SLF4J complains of loggers that came too early. */
    static void start(Settings settings) {
        var context = (LoggerContext) LoggerFactory.getILoggerFactory();
        context.reset();
        var encoder = new PatternLayoutEncoder();
        encoder.setContext(context);
        encoder.setPattern(LINE);
        encoder.start();
        var stderr = new ConsoleAppender<ILoggingEvent>();
        stderr.setContext(context);
        stderr.setTarget("System.err");
        stderr.setEncoder(encoder);
        stderr.start();
        var root = context.getLogger(Logger.ROOT_LOGGER_NAME);
        root.addAppender(stderr);
        root.setLevel(level(settings, "parley.registry.log.libraries"));
        context.getLogger("parley").setLevel(level(settings, "parley.registry.log.level"));
        context.getLogger(BINDS).setLevel(Level.OFF);
    }

    private static Level level(Settings settings, String key) {
        var level = Level.toLevel(settings.text(key), null);
        if (level == null) throw settings.bad(key, "trace, debug, info, warn, error or off");
        return level;
    }

    private Logs() {}
}
