package parley.peer.contact;

import java.security.SecureRandom;
import parley.peer.store.OwnKeys;

/**
 * What comes from outside when a correspondence takes a step.
 *
 * @param nowMillis of our own clock
 * @param allowance of all strangers
 */
record Moment(
        OwnKeys keys,
        SecureRandom random,
        long nowMillis,
        Allowance allowance,
        WantedGroups groups,
        WantedFiles files) {}
