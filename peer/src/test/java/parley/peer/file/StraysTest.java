package parley.peer.file;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.HexFormat;
import org.apache.pekko.util.ByteString;
import org.junit.jupiter.api.Test;
import parley.messages.identity.IdentityKey;
import parley.messages.name.UserName;
import parley.messages.wire.Content;
import parley.messages.wire.MessageId;
import parley.peer.contact.Effect;

class StraysTest {
    private static final IdentityKey KEY = new IdentityKey(ByteString.fromArray(
            HexFormat.of().parseHex("d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a")));
    private static final UserName BOB = new UserName("bob");
    private static final UserName CAROL = new UserName("carol");

    private final SecureRandom random = new SecureRandom();
    private final Strays strays = new Strays();

    @Test
    void whatWaitsForAnOfferIsFoundByItsFileUntilItIsTaken() {
        var ref = file(BOB);
        var one = piece(ref);
        var two = piece(ref);
        strays.add(ref, one);
        strays.add(file(BOB), piece(file(BOB)));
        strays.add(ref, two);
        assertThat(strays.of(ref)).containsExactly(one, two);
        strays.taken(ref, one.content().id());
        assertThat(strays.of(ref)).containsExactly(two);
        assertThat(strays.of(new Ref(CAROL, ref.file()))).isEmpty();
    }

    @Test
    void theSameOneCountsOnce() {
        var ref = file(BOB);
        var one = piece(ref);
        strays.add(ref, one);
        strays.add(ref, one);
        assertThat(strays.of(ref)).containsExactly(one);
    }

    @Test
    void theOldestOfAContactGivesWayAndNobodyElses() {
        var carols = piece(file(CAROL));
        strays.add(new Ref(CAROL, carols.content().file()), carols);
        var added = new ArrayList<Effect.ForFiles>();
        var givenUp = new ArrayList<Effect.ForFiles>();
        for (int i = 0; i < 150; i++) {
            var ref = file(BOB);
            added.add(piece(ref));
            strays.add(ref, added.getLast()).ifPresent(givenUp::add);
        }
        assertThat(givenUp).isEqualTo(added.subList(0, 50));
        assertThat(strays.of(new Ref(CAROL, carols.content().file()))).containsExactly(carols);
    }

    @Test
    void whatIsOverIsRememberedForAThousandFiles() {
        var first = file(BOB);
        strays.over(first);
        for (int i = 0; i < 999; i++) strays.over(file(BOB));
        assertThat(strays.isOver(first)).isTrue();
        strays.over(file(BOB));
        assertThat(strays.isOver(first)).isFalse();
    }

    private Ref file(UserName with) {
        return new Ref(with, MessageId.random(random));
    }

    private Effect.ForFiles piece(Ref ref) {
        var content = new Content.Piece(MessageId.random(random), ref.file(), 0, ByteString.fromString("x"));
        return new Effect.ForFiles(ref.with(), KEY, content);
    }
}
