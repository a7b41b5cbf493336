package parley.peer;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.encoder.PatternLayoutEncoder;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.ConsoleAppender;
import ch.qos.logback.core.OutputStreamAppender;
import ch.qos.logback.core.rolling.FixedWindowRollingPolicy;
import ch.qos.logback.core.rolling.RollingFileAppender;
import ch.qos.logback.core.rolling.SizeBasedTriggeringPolicy;
import ch.qos.logback.core.util.FileSize;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.slf4j.LoggerFactory;
import parley.messages.settings.Settings;

/**
 * Where log lines go: to a file in the data folder, because the terminal or the pipe is for the conversation, or to
 * standard error for a program. In code and not in a {@code logback.xml}, which would cost the start a parser.
 */
final class Logs {
    private static final String LINE = "%d{yyyy-MM-dd HH:mm:ss} %-5level %logger{0} %msg%n%ex{5}";

    /** What is kept: this file and one older. */
    private static final FileSize FILE_MAX = FileSize.valueOf("1MB");

    /** To be called before the actor system is made, or SLF4J complains of loggers that came too early. */
    static void toFile(Settings settings, Path file) {
        var context = context(settings);
        var appender = new PrivateFileAppender();
        appender.setContext(context);
        appender.setFile(file.toString());
        var policy = new FixedWindowRollingPolicy();
        policy.setContext(context);
        policy.setParent(appender);
        policy.setFileNamePattern(file + ".%i");
        policy.setMinIndex(1);
        policy.setMaxIndex(1);
        policy.start();
        appender.setRollingPolicy(policy);
        var trigger = new SizeBasedTriggeringPolicy<ILoggingEvent>();
        trigger.setContext(context);
        trigger.setMaxFileSize(FILE_MAX);
        trigger.start();
        appender.setTriggeringPolicy(trigger);
        start(context, appender);
    }

    static void toStandardError(Settings settings) {
        var context = context(settings);
        var appender = new ConsoleAppender<ILoggingEvent>();
        appender.setContext(context);
        appender.setTarget("System.err");
        start(context, appender);
    }

    private static LoggerContext context(Settings settings) {
        var context = (LoggerContext) LoggerFactory.getILoggerFactory();
        context.reset();
        context.getLogger(Logger.ROOT_LOGGER_NAME).setLevel(level(settings, "parley.peer.log.libraries"));
        context.getLogger("parley").setLevel(level(settings, "parley.peer.log.level"));
        return context;
    }

    private static void start(LoggerContext context, OutputStreamAppender<ILoggingEvent> appender) {
        var encoder = new PatternLayoutEncoder();
        encoder.setContext(context);
        encoder.setPattern(LINE);
        encoder.start();
        appender.setEncoder(encoder);
        appender.start();
        context.getLogger(Logger.ROOT_LOGGER_NAME).addAppender(appender);
    }

    private static Level level(Settings settings, String key) {
        var level = Level.toLevel(settings.text(key), null);
        if (level == null) throw settings.bad(key, "trace, debug, info, warn, error or off");
        return level;
    }

    /** Nobody else on the machine needs to know with whom somebody talks. */
    private static final class PrivateFileAppender extends RollingFileAppender<ILoggingEvent> {
        @Override
        public void openFile(String name) throws IOException {
            var privately = PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
            try {
                Files.createFile(Path.of(name), privately);
            } catch (FileAlreadyExistsException there) {
                // Made by us at an earlier start.
            }
            super.openFile(name);
        }
    }

    private Logs() {}
}
