/**
 * TCP for links: one thread that waits for all sockets and runs all links.
 *
 * <p><b>Flow.</b> socket &harr; {@link parley.peer.link.socket.SocketFlow} &harr; whatever stage it is joined to, in one
 * island on {@link parley.peer.link.socket.EventLoop}; {@link parley.peer.link.socket.Accepting} yields new ones.
 *
 * <p><b>Leans on</b> java.nio and Pekko Streams; nothing of ours. Not on Pekko's own TCP: there a message passes seven
 * thread switches (socket, selector, connection actor, stage, each way), and the classic protocol answers four messages
 * for each KiB of a file. Here it passes one, the one that a blocking read would cost too.
 *
 * <p><b>Words.</b> A <i>reset</i> is a close that the other side sees as an error; what we had still to say is lost.
 *
 * <p><b>To change anything:</b> whatever runs in a link runs on this thread, so nothing in one may block or compute for
 * long; the tests in {@code parley.peer.link} race it against blocking sockets.
 */
@org.jspecify.annotations.NullMarked
package parley.peer.link.socket;
