package parley.registry.journal;

/** Everything that is ever written; each leaf has its golden bytes among the tests. */
public sealed interface Stored permits UserEvent, GroupEvent, DirectoryEvent, ThrottleEvent, Snapshot {}
