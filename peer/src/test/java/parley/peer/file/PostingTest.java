package parley.peer.file;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import parley.messages.name.UserName;
import parley.messages.wire.Content.FileState.State;
import parley.messages.wire.MessageId;

class PostingTest {
    private final Posting posting = new Posting();

    @Test
    void ofOneFileOneAfterTheOtherIsSaidInItsOrder() {
        var file = file();
        var noRoom = add(file, State.NO_ROOM);
        var ready = add(file, State.READY);
        var other = add(file(), State.DONE);
        assertThat(posting.next()).containsExactly(noRoom, other);
        assertThat(posting.next()).isEmpty();
        posting.gone(noRoom);
        assertThat(posting.next()).containsExactly(ready);
    }

    @Test
    void whatIsPutOffKeepsItsPlaceAndHoldsUpNoOtherFile() {
        var file = file();
        var first = add(file, State.NO_ROOM);
        var second = add(file, State.READY);
        posting.next();
        posting.putOff(first);
        var other = add(file(), State.DONE);
        assertThat(posting.next()).containsExactly(other);
        posting.again();
        assertThat(posting.next()).containsExactly(first);
        posting.gone(first);
        assertThat(posting.next()).containsExactly(second);
    }

    @Test
    void whatIsSaidTwiceIsSaidOnce() {
        var file = file();
        var done = add(file, State.DONE);
        assertThat(posting.next()).containsExactly(done);
        add(file, State.DONE);
        assertThat(posting.next()).isEmpty();
        posting.gone(done);
        assertThat(posting.next()).isEmpty();
    }

    @Test
    void noMoreThanSomeAreWithCiphersAtOnceAndAllHaveTheirTurn() {
        var all = new ArrayList<Post>();
        for (int i = 0; i < 100; i++) all.add(add(file(), State.DONE));
        var said = new ArrayList<Post>();
        for (var some = posting.next(); !some.isEmpty(); some = posting.next()) {
            assertThat(some.size()).isLessThanOrEqualTo(32);
            assertThat(posting.next()).isEmpty();
            said.addAll(some);
            some.forEach(posting::gone);
        }
        assertThat(said).isEqualTo(all);
    }

    private Post add(Ref file, State state) {
        var post = Post.say(file, Optional.empty(), state);
        posting.add(post);
        return post;
    }

    private static Ref file() {
        return new Ref(new UserName("bob"), MessageId.random(new SecureRandom()));
    }
}
