/**
 * Links between contacts: one TLS connection for a pair, kept while it is used; docs/PROTOCOL.md §9. Sealed envelopes pass
 * here, never a text, and no key but the one of TLS.
 *
 * <p><b>Flow.</b> owner &rarr; {@link parley.peer.link.mutual.Links} &rarr; {@link parley.peer.link.mutual.LinkStage}
 * &rarr; channel &rarr; socket; socket &rarr; channel &rarr; {@code LinkStage} &rarr; owner. Who may have a link, and
 * which of two serves, {@link parley.peer.link.mutual.Switchboard} decides by {@link parley.peer.link.mutual.Greeting} and
 * {@link parley.peer.link.mutual.Rivals}; what comes over a link that serves passes it by.
 *
 * <p><b>Leans on</b> {@link parley.messages.wire} for frames, {@link parley.channel} for TLS, {@link
 * parley.peer.link.socket} for TCP: its one thread runs all stages of a link, so a frame passes from the socket to its
 * owner without another thread being woken. Pekko's own TCP would wake seven.
 *
 * <p><b>Words.</b> To <i>greet</i> is to exchange {@code HELLO}s. A connection is <i>half-open</i> until it has, and a
 * link <i>serves</i> when it is the one of its pair. An envelope is <i>unanswered</i> until its receiver has acknowledged
 * or refused it.
 *
 * <p><b>To add a frame:</b> {@code messages.wire} first; then the compiler asks {@code LinkStage} what it means.
 */
@org.jspecify.annotations.NullMarked
package parley.peer.link.mutual;
