package parley.messages.directory;

import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.pekko.util.ByteString;
import org.bouncycastle.crypto.params.MLKEMParameters;
import org.bouncycastle.crypto.params.MLKEMPrivateKeyParameters;
import org.bouncycastle.math.ec.rfc8032.Ed25519;
import parley.messages.group.Deed;
import parley.messages.group.EntryDraft;
import parley.messages.group.GroupEntry;
import parley.messages.group.Policy;
import parley.messages.identity.AgreementKey;
import parley.messages.identity.Claim;
import parley.messages.identity.Draft;
import parley.messages.identity.IdentityKey;
import parley.messages.identity.KemKey;
import parley.messages.identity.OneTimePrekeys;
import parley.messages.identity.RegistryId;
import parley.messages.identity.Signature;
import parley.messages.identity.Statement;
import parley.messages.name.GroupName;
import parley.messages.name.PeerAddress;
import parley.messages.name.UserName;

/**
 * Random lines from one seed, which belongs into every failure message: {@code -Dseed=} plays it again. What they carry
 * is well formed and signed by nobody.
 */
final class Seeded {
    private static final String NAME = "abcdefghijklmnopqrstuvwxyz0123456789_.-";

    final long seed = Long.getLong("seed", System.nanoTime());
    final Random random = new Random(seed);
    private final List<KemKey> kemKeys = Stream.generate(this::kemKey).limit(3).toList();
    private final List<IdentityKey> identityKeys =
            Stream.generate(this::identityKey).limit(8).toList();

    String shown() {
        return "-Dseed=%d".formatted(seed);
    }

    Tag tag() {
        return new Tag(letters(NAME.substring(0, 36), 1 + random.nextInt(16)));
    }

    Request request() {
        return switch (random.nextInt(18)) {
            case 0 -> new Request.SignUp(name(), some(4, this::statement), maybe(this::invite));
            case 1 -> new Request.SignIn(name(), maybe(this::address));
            case 2 -> new Request.Exit();
            case 3 -> new Request.ChainOf(name(), random.nextInt(1024));
            case 4 -> new Request.Publish(some(4, this::statement));
            case 5 -> new Request.Pairs(some(5, this::pair));
            case 6 -> new Request.PrekeysOf(name());
            case 7 -> new Request.Revoke(name(), statement(new Claim.Revoke()));
            case 8 -> new Request.Allow(names());
            case 9 -> new Request.Watch(names());
            case 10 -> new Request.WhereIs(name());
            case 11 -> new Request.Deposit(name(), envelope());
            case 12 -> new Request.Collect(serial());
            case 13 -> new Request.CreateGroup(group(), entry());
            case 14 -> new Request.AppendToLog(group(), entry());
            case 15 -> new Request.LogOf(group(), count());
            case 16 -> new Request.ListGroups(maybe(this::group));
            default -> new Request.Ack(some(20, this::serial));
        };
    }

    Reply replyTo(Request asked) {
        if (random.nextInt(5) == 0) return new Reply.Refused(any(Code.values()), "Grüße, " + name());
        return switch (asked) {
            case Request.SignIn s -> new Reply.SignedIn(count(), bytes(Draft.HASH_BYTES), count(), count());
            case Request.ChainOf c -> new Reply.Chain(count(), some(4, this::statement));
            case Request.Publish p -> new Reply.Published(count());
            case Request.Pairs p -> new Reply.PairsLeft(count());
            case Request.PrekeysOf p -> new Reply.Prekeys(maybe(this::pair));
            case Request.WhereIs w -> new Reply.At(maybe(this::address));
            case Request.AppendToLog a -> new Reply.Appended(count());
            case Request.LogOf l -> new Reply.Log(count(), random.nextInt(5) == 0 ? List.of() : some(9, this::entry));
            case Request.ListGroups l -> new Reply.Groups(random.nextInt(5) == 0 ? List.of() : some(30, this::listed));
            default -> new Reply.Done();
        };
    }

    Push push() {
        return switch (random.nextInt(7)) {
            case 0 -> new Push.Hello(new RegistryId(bytes(RegistryId.BYTES)), any(SignUp.values()));
            case 1 -> new Push.Online(name(), maybe(this::address));
            case 2 -> new Push.Offline(name());
            case 3 -> new Push.Chain(name(), count());
            case 4 -> new Push.Envelope(serial(), name(), serial(), envelope());
            case 5 -> new Push.Prekeys(count());
            default -> new Push.Superseded();
        };
    }

    UserName name() {
        return new UserName(letters(NAME, 1 + random.nextInt(32)));
    }

    GroupName group() {
        return new GroupName(letters(NAME, 1 + random.nextInt(32)));
    }

    GroupEntry entry() {
        Deed deed = switch (random.nextInt(7)) {
            case 0 -> new Deed.Create(group(), any(Policy.values()), bytes(Deed.Create.SALT_BYTES));
            case 1 -> new Deed.Join();
            case 2 -> new Deed.Add(name(), any(identityKeys));
            case 3 -> new Deed.Leave();
            case 4 -> new Deed.Remove(name());
            case 5 -> new Deed.Admin(name(), random.nextBoolean());
            default -> new Deed.Become(any(Policy.values()));
        };
        var previous = bytes(EntryDraft.HASH_BYTES);
        return new EntryDraft(random.nextInt(10_000), previous, serial(), name(), any(identityKeys), deed)
                .with(signature());
    }

    private Reply.Listed listed() {
        return new Reply.Listed(group(), random.nextInt(256));
    }

    PeerAddress address() {
        var host = bytes(random.nextBoolean() ? 4 : 16).toArray();
        // Zeros in a row are where IPv6 has spellings to choose from.
        for (int i = 0; i < host.length; i++) if (random.nextInt(3) > 0) host[i] = 0;
        try {
            return new PeerAddress(java.net.InetAddress.getByAddress(host), 1 + random.nextInt(65_535));
        } catch (java.net.UnknownHostException never) {
            throw new AssertionError(never);
        }
    }

    Statement statement() {
        return statement(
                switch (random.nextInt(6)) {
                    case 0 -> new Claim.Identity(name(), any(identityKeys), any(identityKeys));
                    case 1 -> new Claim.Tls(any(identityKeys));
                    case 2 -> new Claim.Agreement(agreementKey());
                    case 3 -> new Claim.SignedPrekeys(agreementKey(), any(kemKeys));
                    case 4 -> new Claim.Successor(any(identityKeys), signature());
                    default -> new Claim.Revoke();
                });
    }

    ByteString bytes(int count) {
        var bytes = new byte[count];
        random.nextBytes(bytes);
        return ByteString.fromArray(bytes);
    }

    /** The same bytes as TCP may bring them: cut anywhere, never empty. */
    List<ByteString> cut(ByteString whole, int pieceMax) {
        var pieces = Stream.<ByteString>builder();
        for (var rest = whole; !rest.isEmpty(); ) {
            int piece = 1 + random.nextInt(pieceMax);
            pieces.add(rest.take(piece));
            rest = rest.drop(piece);
        }
        return pieces.build().toList();
    }

    private Statement statement(Claim claim) {
        return new Statement(new Draft(random.nextInt(1024), bytes(Draft.HASH_BYTES), serial(), claim), signature());
    }

    private OneTimePrekeys pair() {
        return new OneTimePrekeys(random.nextInt() & 0xffff_ffffL, agreementKey(), any(kemKeys), signature());
    }

    private SortedSet<UserName> names() {
        return new TreeSet<>(some(30, this::name));
    }

    private ByteString envelope() {
        return bytes(1 + random.nextInt(random.nextInt(10) == 0 ? Limits.ENVELOPE_BYTES_MAX : 500));
    }

    private Invite invite() {
        return new Invite(letters(NAME.replace(".", ""), 1 + random.nextInt(64)));
    }

    private Signature signature() {
        return new Signature(bytes(Signature.BYTES));
    }

    private AgreementKey agreementKey() {
        return new AgreementKey(bytes(AgreementKey.BYTES));
    }

    private KemKey kemKey() {
        var key = new MLKEMPrivateKeyParameters(
                MLKEMParameters.ml_kem_768, bytes(64).toArray());
        return new KemKey(ByteString.fromArray(key.getPublicKey()));
    }

    private IdentityKey identityKey() {
        var key = new byte[IdentityKey.BYTES];
        Ed25519.generatePublicKey(bytes(Ed25519.SECRET_KEY_SIZE).toArray(), 0, key, 0);
        return new IdentityKey(ByteString.fromArray(key));
    }

    private int count() {
        return random.nextInt() & Integer.MAX_VALUE;
    }

    private long serial() {
        return random.nextLong() & Long.MAX_VALUE;
    }

    private String letters(String from, int count) {
        return random.ints(count, 0, from.length())
                .mapToObj(i -> String.valueOf(from.charAt(i)))
                .collect(Collectors.joining());
    }

    private <T> Optional<T> maybe(Supplier<T> one) {
        return random.nextInt(3) > 0 ? Optional.of(one.get()) : Optional.empty();
    }

    private <T> T any(List<T> of) {
        return of.get(random.nextInt(of.size()));
    }

    private <T> T any(T[] of) {
        return of[random.nextInt(of.length)];
    }

    private <T> List<T> some(int max, Supplier<T> one) {
        return Stream.generate(one).limit(1 + random.nextInt(max)).toList();
    }
}
