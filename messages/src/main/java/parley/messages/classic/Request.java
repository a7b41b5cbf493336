package parley.messages.classic;

import parley.messages.name.Address;
import parley.messages.name.GroupName;
import parley.messages.name.Password;
import parley.messages.name.UserName;

/** Everything a peer can ask of the registry; docs/CLASSIC.md, "Peer to registry". */
public sealed interface Request {
    record SignUp(UserName user, Password password, Address address) implements Request {}

    /** From its answer on, the connection is {@code user}, who is online at {@code address}. */
    record SignIn(UserName user, Password password, Address address) implements Request {}

    record ListGroups() implements Request {}

    record Create(GroupName group, UserName user) implements Request {}

    record Join(GroupName group, UserName user) implements Request {}

    record KeyOf(GroupName group) implements Request {}

    record WhereIs(UserName user) implements Request {}

    /** Where the other members of {@code group} are, asked by its member {@code user}. */
    record WhereAre(GroupName group, UserName user) implements Request {}

    record Members() implements Request {}

    record Exit() implements Request {}

    /** What we could not read, and what to tell its sender; the connection stays usable. */
    record Unreadable(String why) implements Request {}
}
