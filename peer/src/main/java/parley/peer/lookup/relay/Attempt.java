package parley.peer.lookup.relay;

import java.util.concurrent.CompletionStage;

/**
 * One connection to the registry's relay that is under way.
 *
 * @param outcome never fails
 * @param giveUp ends it if it is still under way, on any thread; nothing happens when the outcome is there
 */
public record Attempt(CompletionStage<Outcome> outcome, Runnable giveUp) {}
