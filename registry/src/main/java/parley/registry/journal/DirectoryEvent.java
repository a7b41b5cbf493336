package parley.registry.journal;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;

/** What happened to one slice of the list of groups. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "is")
@JsonSubTypes(@JsonSubTypes.Type(value = DirectoryEvent.Counted.class, name = "counted"))
public sealed interface DirectoryEvent extends Stored {
    /** @param revision the group's, which grows with each of its events */
    record Counted(String group, int members, long revision) implements DirectoryEvent {}
}
