package parley.proving;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/** Every rule holds in our house, and is seen to fail in the broken one. */
class HouseTest {
    private static final JavaClasses OURS = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("parley");

    private static final String BROKEN_ROOT = "parley.proving.broken";
    private static final JavaClasses BROKEN = new ClassFileImporter().importPackages(BROKEN_ROOT);

    @Test
    void ourHouseIsNotEmptyAndTheBrokenOneIsNoPartOfIt() {
        assertThat(OURS).extracting(type -> type.getName()).contains("parley.messages.name.UserName");
        assertThat(OURS).extracting(type -> type.getName()).noneMatch(name -> name.startsWith(BROKEN_ROOT));
    }

    @Test
    void noPackagesNeedEachOther() {
        holdsHereAndFailsThere(House::noCycles, "Cycle detected", "messages.name", "messages.wire");
    }

    @Test
    void messagesKnowNoActors() {
        holdsHereAndFailsThere(House::messagesKnowNoActors, "messages.wire.Letter");
    }

    @Test
    void onlyCiphersAndPasswordsTouchKeys() {
        holdsHereAndFailsThere(House::keysStayHome, "talk.Leaky.jce", "talk.Leaky.bouncyCastle", "talk.Leaky.pair");
    }

    @Test
    void keysThatEverybodySeesOnlyVerify() {
        holdsHereAndFailsThere(House::publicKeysOnlyVerify, "identity.Signing.signs", "identity.Signing.pair");
    }

    @Test
    void nothingBlocks() {
        holdsHereAndFailsThere(
                House::nothingBlocks,
                "Sleepy.sleeps()",
                "Sleepy.joins(",
                "Sleepy.gets(",
                "Sleepy.takes(",
                "Sleepy.joinsByReference(");
    }

    @Test
    void thereAreNoDrawers() {
        holdsHereAndFailsThere(House::noDrawers, "peer.util.Things", "peer.link.LinkManager");
    }

    @Test
    void dependenciesRunAsPlanned() {
        holdsHereAndFailsThere(
                House::dependenciesRunAsPlanned,
                "talk.Leaky.link",
                "user.Nosy.gate",
                "name.Back.there",
                "cipher.Curious.talk");
    }

    @Test
    void everyPackageHasItsPlaceInThePlan() {
        holdsHereAndFailsThere(House::everyPackageHasItsPlaceInThePlan, "peer.elsewhere.Lost");
    }

    @Test
    void everyPackageSaysWhatItIs() {
        holdsHereAndFailsThere(House::everyPackageSaysWhatItIs, "peer.elsewhere.Lost");
    }

    /** A rule that cannot fail is none: both houses are looked at each time. */
    private static void holdsHereAndFailsThere(Function<House, ArchRule> rule, String... offenders) {
        rule.apply(new House("parley")).check(OURS);
        assertThatThrownBy(() -> rule.apply(new House(BROKEN_ROOT)).check(BROKEN))
                .isInstanceOf(AssertionError.class)
                .hasMessageContainingAll(offenders);
    }
}
