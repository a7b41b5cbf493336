package parley.registry.user;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.util.Base64;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import org.apache.pekko.util.ByteString;
import parley.messages.name.UserName;
import parley.registry.journal.Shelf;

/**
 * Codes that let one person sign up each, on the {@link Shelf}; made by another process while the registry runs.
 *
 * <pre>
 *   unspent --spend, by the first name that comes--&gt; spent by that name --its account is on disk--&gt; of no use any more
 *                                                    spent by that name --the name was taken---&gt; unspent
 * </pre>
 *
 * A code is spent before the account is written: a crash between the two leaves it to the one name that it was spent
 * by, which may come again with it. So it never makes two accounts, and it is never lost to the person who had it.
 */
public final class Invitations {
    /** Nobody guesses it, however often he may try. */
    private static final int CODE_BYTES = 16;

    enum Spending {
        SPENT,
        NO_SUCH,
        /** Could not be written. */
        FAILED
    }

    private final Shelf shelf;
    private final Clock clock;

    public Invitations(Shelf shelf, Clock clock) {
        this.shelf = shelf;
        this.clock = clock;
    }

    /**
     * A new code, 22 characters of base64url, which is on disk when it is known. Only its hash is kept.
     *
     * @param random cryptographically strong
     */
    public CompletionStage<String> make(Consumer<byte[]> random) {
        var drawn = new byte[CODE_BYTES];
        random.accept(drawn);
        var code = Base64.getUrlEncoder().withoutPadding().encodeToString(drawn);
        return shelf.carryOut(rows -> {
            rows.change("INSERT INTO invitation VALUES (?, ?, NULL)", hash(code), clock.millis());
            return code;
        });
    }

    CompletionStage<Spending> spend(String code, UserName by) {
        return shelf.carryOut(rows -> {
            int spent = rows.change(
                    "UPDATE invitation SET spent_by = ? WHERE code_sha256 = ? AND (spent_by IS NULL OR spent_by = ?)",
                    by.text(),
                    hash(code),
                    by.text());
            return spent == 1 ? Spending.SPENT : Spending.NO_SUCH;
        });
    }

    /** The sign-up that it was spent for came too late. */
    void giveBack(String code, UserName spentBy) {
        shelf.carryOut(rows -> rows.change(
                "UPDATE invitation SET spent_by = NULL WHERE code_sha256 = ? AND spent_by = ?",
                hash(code),
                spentBy.text()));
    }

    private static ByteString hash(String code) {
        try {
            var digest = MessageDigest.getInstance("SHA-256");
            return ByteString.fromArrayUnsafe(digest.digest(code.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException never) {
            throw new IllegalStateException("every Java has SHA-256", never);
        }
    }
}
