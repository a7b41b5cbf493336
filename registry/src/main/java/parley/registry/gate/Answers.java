package parley.registry.gate;

import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import parley.messages.classic.GroupKey;
import parley.messages.classic.Reply;
import parley.messages.name.GroupName;
import parley.messages.name.UserName;
import parley.registry.group.GroupRegistry;
import parley.registry.user.UserRegistry;

/** What the actors answer, in the words of the classic protocol. A refusal has no colon: clients split at it. */
final class Answers {
    static final Reply BUSY = new Reply.Refused("Registry is busy");

    static Reply toSignUp(UserName user, UserRegistry.SignUpAnswer answer) {
        return switch (answer) {
            case UserRegistry.SignedUp done -> new Reply.Done("Signup successful");
            case UserRegistry.NameTaken taken -> new Reply.Refused("Name %s is taken".formatted(user));
            case UserRegistry.Busy busy -> BUSY;
        };
    }

    static Reply toSignIn(UserRegistry.SignInAnswer answer) {
        return switch (answer) {
            case UserRegistry.SignedIn done -> new Reply.Done("Signin successful");
            case UserRegistry.WrongNameOrPassword wrong -> new Reply.Refused("Wrong name or password");
            case UserRegistry.TooManyAttempts(var pause) ->
                new Reply.Refused("Too many attempts, try again in " + spoken(pause));
            case UserRegistry.Busy busy -> BUSY;
        };
    }

    static Reply toWhereIs(UserName user, UserRegistry.WhereIsAnswer answer) {
        return switch (answer) {
            case UserRegistry.At(var address) -> new Reply.At(address);
            case UserRegistry.Offline offline -> new Reply.Refused("User %s is not online".formatted(user));
            case UserRegistry.NoSuchUser none -> new Reply.Refused("No user %s".formatted(user));
        };
    }

    static Reply toWhereAre(GroupName group, List<UserRegistry.WhereIsAnswer> others) {
        var online = others.stream()
                .flatMap(answer -> answer instanceof UserRegistry.At(var address) ? Stream.of(address) : Stream.empty())
                .toList();
        if (online.isEmpty()) return new Reply.Refused("Nobody else in group %s is online".formatted(group));
        return new Reply.Peers(online);
    }

    static Reply toCreate(GroupName group, GroupRegistry.CreateAnswer answer) {
        return switch (answer) {
            case GroupRegistry.Created done -> new Reply.Done("Group %s created".formatted(group));
            case GroupRegistry.GroupExists exists -> new Reply.Refused("Group %s exists".formatted(group));
            case GroupRegistry.Busy busy -> BUSY;
        };
    }

    static Reply toJoin(GroupName group, UserName user, GroupRegistry.JoinAnswer answer) {
        return switch (answer) {
            case GroupRegistry.Joined done -> new Reply.Done("Joined group %s".formatted(group));
            case GroupRegistry.NoSuchGroup none -> new Reply.Refused("No group %s".formatted(group));
            case GroupRegistry.IsModern modern -> isModern(group);
            case GroupRegistry.AlreadyMember already ->
                new Reply.Refused("User %s is already a member of %s".formatted(user, group));
            case GroupRegistry.Full(int most) ->
                new Reply.Refused("Group %s is full, it has %d members".formatted(group, most));
            case GroupRegistry.Busy busy -> BUSY;
        };
    }

    static Reply toKeyOf(GroupName group, UserName user, GroupRegistry.KeyAnswer answer) {
        return switch (answer) {
            case GroupRegistry.Key(var key) -> new Reply.Key(new GroupKey(key.bytes()));
            case GroupRegistry.NotAMember not -> notAMember(group, user);
            case GroupRegistry.IsModern modern -> isModern(group);
        };
    }

    /** Of one of a user's own groups, which are all classic. */
    static Reply.Members.Group toMembers(GroupName group, GroupRegistry.MembersAnswer answer) {
        return switch (answer) {
            case GroupRegistry.Members(var members) -> new Reply.Members.Group(group, members);
            case GroupRegistry.IsModern modern -> new Reply.Members.Group(group, List.of());
        };
    }

    static Reply isModern(GroupName group) {
        return new Reply.Refused("Group %s is a modern group".formatted(group));
    }

    static Reply notAMember(GroupName group, UserName user) {
        return new Reply.Refused("User %s is not a member of group %s".formatted(user, group));
    }

    private static String spoken(Duration pause) {
        long seconds = Math.max(1, pause.toSeconds());
        if (seconds == 1) return "1 second";
        return seconds < 120 ? seconds + " seconds" : (seconds + 59) / 60 + " minutes";
    }

    private Answers() {}
}
