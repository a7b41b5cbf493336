package parley.peer.link;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.util.List;
import org.junit.jupiter.api.Test;

class AdmissionTest {
    final Admission admission = new Admission(Limits.SHIPPED);

    @Test
    void oneAddressGetsSoManyAndOthersStillGetIn() throws Exception {
        var flood = InetAddress.getByName("203.0.113.7");
        for (int i = 0; i < 16; i++) assertThat(admission.refusal(flood)).isEmpty();
        assertThat(admission.refusal(flood)).contains("16 links are open already from its address");
        assertThat(admission.refusal(InetAddress.getByName("203.0.113.8"))).isEmpty();
        admission.left(flood);
        assertThat(admission.refusal(flood)).isEmpty();
    }

    @Test
    void privateAddressesShareWhatThereIs() throws Exception {
        for (var near :
                List.of("127.0.0.1", "10.1.2.3", "192.168.1.1", "172.16.0.1", "169.254.0.1", "::1", "fd00::1")) {
            for (int i = 0; i < 30; i++) {
                assertThat(admission.refusal(InetAddress.getByName(near)))
                        .as(near)
                        .isEmpty();
            }
        }
    }

    @Test
    void thereIsAnEnd() throws Exception {
        for (int i = 0; i < 256; i++)
            assertThat(admission.refusal(InetAddress.getLoopbackAddress())).isEmpty();
        assertThat(admission.refusal(InetAddress.getLoopbackAddress())).contains("256 links are open already");
        assertThat(admission.refusal(InetAddress.getByName("203.0.113.7"))).isPresent();
    }

    @Test
    void whoClosesWaitsForTheLast() {
        var one = InetAddress.getLoopbackAddress();
        admission.refusal(one);
        admission.refusal(one);
        var closed = admission.close().toCompletableFuture();
        assertThat(admission.refusal(one)).contains("we are closing");
        admission.left(one);
        assertThat(closed).isNotDone();
        admission.left(one);
        assertThat(closed).isDone();
    }
}
