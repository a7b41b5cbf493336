package parley.peer.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.security.SecureRandom;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.apache.pekko.util.ByteString;
import org.junit.jupiter.api.Test;
import parley.messages.identity.OneTimePrekeys;
import parley.messages.identity.RegistryId;
import parley.messages.name.UserName;
import parley.peer.cipher.identity.SigningKey;
import parley.peer.cipher.primitive.SeededRandom;

class OwnKeysTest {
    private static final RegistryId REGISTRY = new RegistryId(ByteString.fromArray(new byte[RegistryId.BYTES]));
    private static final UserName ALICE = new UserName("alice");
    private static final long NOW = 1_800_000_000_000L;
    private static final long DAY = Duration.ofDays(1).toMillis();

    private final SecureRandom random = new SeededRandom(1);
    private final Disk disk = new Disk();

    @Test
    void aNewAccountIsWhole() {
        var born = OwnKeys.create(REGISTRY, ALICE, SigningKey.create(random), NOW, random);
        var chain = born.keys().chain();
        assertThat(chain.statements()).hasSize(4);
        assertThat(chain.tls()).contains(born.keys().tls().key());
        assertThat(chain.recovery()).isEqualTo(born.recovery().key());
        assertThat(chain.offer()).isPresent();
        assertThat(born.keys().agreement(chain.offer().orElseThrow().prekey())).isPresent();
        assertThat(born.keys().kem(chain.offer().orElseThrow().kem())).isPresent();
    }

    @Test
    void whatWasStoredIsReadAgainAndTheRecoveryKeyIsNot() {
        var born = OwnKeys.create(REGISTRY, ALICE, SigningKey.create(random), NOW, random);
        disk.take(born.changes());
        var batch = born.keys().batch(3, NOW, random);
        disk.take(born.keys().add(batch));
        var read = OwnKeys.read(REGISTRY, ALICE, disk).orElseThrow();
        assertThat(read.chain()).isEqualTo(born.keys().chain());
        assertThat(read.tls().key()).isEqualTo(born.keys().tls().key());
        for (var pair : batch.published())
            assertThat(read.oneTime(pair.id()).orElseThrow().kem().key()).isEqualTo(pair.kem());
        var recovery = born.recovery().secret().toByteString();
        disk.values().forEach(value -> assertThat(value.containsSlice(recovery)).isFalse());
    }

    @Test
    void pairsAreSignedAndServeOnce() {
        var keys = OwnKeys.create(REGISTRY, ALICE, SigningKey.create(random), NOW, random)
                .keys();
        var batch = keys.batch(OneTimeBatch.SIZE, NOW, random);
        disk.take(keys.add(batch));
        assertThat(batch.published())
                .hasSize(OneTimeBatch.SIZE)
                .allSatisfy(pair -> assertThat(pair.isSignedBy(keys.chain().identity(), REGISTRY))
                        .isTrue());
        long id = batch.published().getFirst().id();
        assertThat(keys.oneTime(id)).isPresent();
        disk.take(List.of(keys.spend(ALICE, id)));
        assertThat(keys.oneTime(id)).isEmpty();
        assertThat(disk.rows(OwnKeys.ONE_TIME)).isEqualTo(OneTimeBatch.SIZE - 1);
    }

    @Test
    void aPairThatTheDiskStillHasWhenNothingIsUnderWayServesAgain() {
        var keys = OwnKeys.create(REGISTRY, ALICE, SigningKey.create(random), NOW, random)
                .keys();
        var batch = keys.batch(2, NOW, random);
        disk.take(keys.add(batch));
        var ids = batch.published().stream().map(OneTimePrekeys::id).toList();
        var bob = new UserName("bob");
        var lost = keys.spend(bob, ids.get(0));
        var stored = keys.spend(bob, ids.get(1));
        disk.take(List.of(stored));
        keys.notSpent(new UserName("carol"), disk);
        assertThat(keys.oneTime(ids.get(0))).isEmpty();
        keys.notSpent(bob, disk);
        assertThat(keys.oneTime(ids.get(0))).isPresent();
        assertThat(keys.oneTime(ids.get(1))).isEmpty();
        disk.take(List.of(lost));
        keys.spend(bob, ids.get(0));
        keys.spent(OwnKeys.spentBy(List.of(lost)));
        keys.notSpent(bob, disk);
        assertThat(keys.oneTime(ids.get(0))).isEmpty();
    }

    @Test
    void aHundredPairsTakeNoLongerThanASecond() {
        var keys = OwnKeys.create(REGISTRY, ALICE, SigningKey.create(random), NOW, random)
                .keys();
        keys.batch(OneTimeBatch.SIZE, NOW, new SecureRandom());
        long begun = System.nanoTime();
        keys.batch(OneTimeBatch.SIZE, NOW, new SecureRandom());
        long millis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begun);
        System.out.println("a hundred pairs took " + millis + " ms");
        assertThat(millis).isLessThan(1_000);
    }

    @Test
    void anOfferIsDueAfterAWeekAndTheOldOneServesForThirtyDaysMore() {
        var keys = OwnKeys.create(REGISTRY, ALICE, SigningKey.create(random), NOW, random)
                .keys();
        var first = keys.chain().offer().orElseThrow();
        assertThat(keys.isRenewalDue(NOW + 7 * DAY - 1)).isFalse();
        assertThat(keys.isRenewalDue(NOW + 7 * DAY)).isTrue();
        keys.renewed(NOW + 7 * DAY, random);
        assertThat(keys.chain().offer().orElseThrow().sequence()).isEqualTo(first.sequence() + 1);
        keys.renewed(NOW + 36 * DAY, random);
        assertThat(keys.agreement(first.prekey())).isPresent();
        assertThat(keys.kem(first.kem())).isPresent();
        keys.renewed(NOW + 37 * DAY, random);
        assertThat(keys.agreement(first.prekey())).isEmpty();
        assertThat(keys.kem(first.kem())).isEmpty();
        assertThat(keys.agreement(keys.chain().agreement().orElseThrow())).isPresent();
    }

    @Test
    void aClockThatWasTenYearsAheadKeepsNoOfferForTenYears() {
        var keys = OwnKeys.create(REGISTRY, ALICE, SigningKey.create(random), NOW + 3_650 * DAY, random)
                .keys();
        assertThat(keys.isRenewalDue(NOW)).isTrue();
    }

    @Test
    void anOlderCopyTakesWhatItHadSignedLaterAndOffersAnew() {
        var born = OwnKeys.create(REGISTRY, ALICE, SigningKey.create(random), NOW, random);
        disk.take(born.changes());
        born.keys().renewed(NOW + 7 * DAY, random);
        var older = OwnKeys.read(REGISTRY, ALICE, disk).orElseThrow();
        disk.take(older.adopted(born.keys().chain(), NOW + 8 * DAY, random));
        assertThat(older.chain().statements()).hasSize(6);
        assertThat(older.kem(older.chain().offer().orElseThrow().kem())).isPresent();
        var other = OwnKeys.create(REGISTRY, ALICE, SigningKey.create(random), NOW, random)
                .keys();
        assertThatThrownBy(() -> older.adopted(other.chain(), NOW, random))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void pairsThatNobodyUsedAreForgottenTheOldestFirst() {
        var keys = OwnKeys.create(REGISTRY, ALICE, SigningKey.create(random), NOW, random)
                .keys();
        var one = keys.batch(1, NOW, random);
        disk.take(keys.add(one));
        var made = new HashMap<Long, ByteString>();
        var later = keys.batch(1, NOW + 1, random).stored().values().iterator().next();
        for (long id = 0; id < OwnKeys.ONE_TIME_MAX; id++) made.put(id, later);
        disk.take(keys.add(new OneTimeBatch(List.of(), made)));
        assertThat(keys.oneTime(one.published().getFirst().id())).isEmpty();
        assertThat(disk.rows(OwnKeys.ONE_TIME)).isEqualTo(OwnKeys.ONE_TIME_MAX);
    }

    @Test
    void nothingPrintsAKey() {
        var born = OwnKeys.create(REGISTRY, ALICE, SigningKey.create(random), NOW, random);
        assertThat(born).hasToString("redacted");
        assertThat(born.keys()).hasToString("redacted");
        assertThat(born.keys().batch(1, NOW, random)).hasToString("redacted");
        assertThat(born.changes().toString()).isEqualTo("[Put[own], Put[own]]");
    }

    /** Tables that take changes as a vault would. */
    private static final class Disk implements Tables {
        private record Place(String table, ByteString key) {}

        private final Map<Place, ByteString> records = new HashMap<>();

        void take(List<Change> changes) {
            for (var change : changes) {
                switch (change) {
                    case Change.Put(var table, var key, var value) -> records.put(new Place(table, key), value.get());
                    case Change.Delete(var table, var key) -> records.remove(new Place(table, key));
                    case Change.Append append -> throw new AssertionError("no text of ours");
                    case Change.Mark mark -> throw new AssertionError("no text of ours");
                    case Change.MarkGroup mark -> throw new AssertionError("no text of ours");
                }
            }
        }

        List<ByteString> values() {
            return List.copyOf(records.values());
        }

        int rows(String table) {
            return list(table).size();
        }

        @Override
        public Optional<ByteString> get(String table, ByteString key) {
            return Optional.ofNullable(records.get(new Place(table, key)));
        }

        @Override
        public List<Row> list(String table) {
            return records.entrySet().stream()
                    .filter(entry -> entry.getKey().table().equals(table))
                    .map(entry -> new Row(entry.getKey().key(), entry.getValue()))
                    .toList();
        }
    }
}
