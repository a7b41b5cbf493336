package parley.channel;

import org.apache.pekko.util.ByteString;

/** What a server chose (RFC 8446 §4.1.3), read from the bytes on the wire. */
record ServerHello(int cipherSuite, int group) {
    static final int X25519 = 0x001d;
    static final int X25519_MLKEM_768 = 0x11ec;

    private static final int RECORD_HEADER = 5;
    private static final int MESSAGE_HEADER = 4;
    private static final int VERSION_AND_RANDOM = 2 + 32;
    private static final int KEY_SHARE = 0x0033;

    static ServerHello read(ByteString wire) {
        var in = wire.asByteBuffer();
        in.position(RECORD_HEADER + MESSAGE_HEADER + VERSION_AND_RANDOM);
        in.position(in.position() + 1 + (in.get(in.position()) & 0xff));
        int suite = in.getShort() & 0xffff;
        in.get();
        int end = in.position() + 2 + (in.getShort() & 0xffff);
        while (in.position() < end) {
            int type = in.getShort() & 0xffff;
            int length = in.getShort() & 0xffff;
            if (type == KEY_SHARE) return new ServerHello(suite, in.getShort() & 0xffff);
            in.position(in.position() + length);
        }
        throw new AssertionError("no key share");
    }
}
