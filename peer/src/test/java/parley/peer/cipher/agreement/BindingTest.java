package parley.peer.cipher.agreement;

import static org.assertj.core.api.Assertions.assertThat;

import org.apache.pekko.util.ByteString;
import org.junit.jupiter.api.Test;
import parley.messages.identity.RegistryId;
import parley.messages.name.UserName;
import parley.peer.cipher.primitive.KemPair;

/** Whatever is swapped, the binding is another. */
class BindingTest {
    @Test
    void everyFieldIsBound() {
        var alice = side(new Person("alice", 1));
        var bob = side(new Person("bob", 2));
        var carol = side(new Person("carol", 3));
        var kem = KemPair.create(new Person("bob", 4).random).key();
        var other = KemPair.create(new Person("bob", 5).random).key();
        var elsewhere = new RegistryId(ByteString.fromArray(new byte[RegistryId.BYTES]));
        assertThat(new ByteString[] {
                    Binding.of(Person.REGISTRY, alice, bob, kem),
                    Binding.of(elsewhere, alice, bob, kem),
                    Binding.of(Person.REGISTRY, bob, alice, kem),
                    Binding.of(Person.REGISTRY, alice, bob, other),
                    Binding.of(Person.REGISTRY, named(alice, "carol"), bob, kem),
                    Binding.of(Person.REGISTRY, alice, named(bob, "carol"), kem),
                    Binding.of(
                            Person.REGISTRY,
                            new Binding.Side(alice.name(), carol.identity(), alice.agreement()),
                            bob,
                            kem),
                    Binding.of(
                            Person.REGISTRY,
                            alice,
                            new Binding.Side(bob.name(), carol.identity(), bob.agreement()),
                            kem),
                    Binding.of(
                            Person.REGISTRY,
                            new Binding.Side(alice.name(), alice.identity(), carol.agreement()),
                            bob,
                            kem),
                    Binding.of(
                            Person.REGISTRY,
                            alice,
                            new Binding.Side(bob.name(), bob.identity(), carol.agreement()),
                            kem)
                })
                .doesNotHaveDuplicates();
    }

    private static Binding.Side side(Person person) {
        return new Binding.Side(
                person.chain().name(),
                person.chain().identity(),
                person.chain().agreement().orElseThrow());
    }

    private static Binding.Side named(Binding.Side side, String name) {
        return new Binding.Side(new UserName(name), side.identity(), side.agreement());
    }
}
