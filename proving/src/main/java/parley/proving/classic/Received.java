package parley.proving.classic;

import java.nio.file.Path;

/**
 * What has reached a classic client. A group's message names the group and no writer, so there is one field for both.
 */
public sealed interface Received {
    /**
     * A text.
     *
     * @param length the characters that the sender counted; {@code text} is already cut to it
     */
    record Text(String from, boolean group, String text, int length) implements Received {}

    /**
     * A file.
     *
     * @param typedPath what the sender called it
     * @param stored where it lies now, as {@code received_from_…}
     * @param bytes what was received, any padding included
     */
    record File(String from, boolean group, String typedPath, Path stored, long bytes) implements Received {}
}
