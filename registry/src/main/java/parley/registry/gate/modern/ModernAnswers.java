package parley.registry.gate.modern;

import java.time.Duration;
import java.util.List;
import parley.messages.directory.Code;
import parley.messages.directory.Reply;
import parley.messages.group.Taking;
import parley.messages.identity.Appending;
import parley.messages.name.GroupName;
import parley.messages.name.UserName;
import parley.registry.group.GroupDirectory;
import parley.registry.group.ModernGroup;
import parley.registry.mailbox.Mailbox;
import parley.registry.user.ModernUser;

/** What the actors answer, in the words of docs/PROTOCOL.md §8 and §12.3. */
final class ModernAnswers {
    static final Reply DONE = new Reply.Done();
    static final Reply BUSY = new Reply.Refused(Code.BUSY, "The registry is busy, try again");
    static final Reply NOT_SIGNED_IN = new Reply.Refused(Code.STATE, "Not signed in");
    static final Reply SIGNED_IN_ALREADY = new Reply.Refused(Code.STATE, "Signed in already");

    private static final Reply WRONG_KEY =
            new Reply.Refused(Code.KEY, "The connection shows another key than the one that the chain names for it");
    private static final Reply REVOKED = new Reply.Refused(Code.REVOKED, "This identity has ended");

    static Reply toSignUp(UserName user, ModernUser.SignUpAnswer answer) {
        return switch (answer) {
            case ModernUser.SignedUp done -> DONE;
            case ModernUser.NameTaken taken -> new Reply.Refused(Code.TAKEN, "Name %s is taken".formatted(user));
            case ModernUser.SignUpClosed closed -> new Reply.Refused(Code.CLOSED, "Nobody can sign up here");
            case ModernUser.NoSuchInvitation none ->
                new Reply.Refused(Code.INVITE, "Signing up takes an invitation that was not used before");
            case ModernUser.ChainIncomplete incomplete ->
                new Reply.Refused(Code.CHAIN, "INCOMPLETE, expected tls, agreement and signed prekeys");
            case ModernUser.ChainRefused(var why) -> refused(why);
            case ModernUser.WrongKey wrong -> WRONG_KEY;
            case ModernUser.Busy busy -> BUSY;
        };
    }

    static Reply toSignIn(UserName user, ModernUser.SignInAnswer answer) {
        return switch (answer) {
            case ModernUser.SignedIn(var statements, var head, var pairs, var envelopes) ->
                new Reply.SignedIn(statements, head, pairs, envelopes);
            case ModernUser.Unknown unknown -> unknown(user);
            case ModernUser.Revoked revoked -> REVOKED;
            case ModernUser.WrongKey wrong -> WRONG_KEY;
            case ModernUser.Busy busy -> BUSY;
        };
    }

    static Reply toChain(UserName user, ModernUser.ChainAnswer answer) {
        return switch (answer) {
            case ModernUser.Chain(var statements, var row) -> new Reply.Chain(statements, row);
            case ModernUser.Unknown unknown -> unknown(user);
        };
    }

    static Reply toPublish(ModernUser.PublishAnswer answer) {
        return switch (answer) {
            case ModernUser.Published(var statements) -> new Reply.Published(statements);
            case ModernUser.ChainRefused(var why) -> refused(why);
            case ModernUser.NotSignedIn not -> NOT_SIGNED_IN;
            case ModernUser.Busy busy -> BUSY;
        };
    }

    static Reply toPairs(ModernUser.AddPairsAnswer answer) {
        return switch (answer) {
            case ModernUser.PairsLeft(var left) -> new Reply.PairsLeft(left);
            case ModernUser.ChainRefused(var why) -> refused(why);
            case ModernUser.NotSignedIn not -> NOT_SIGNED_IN;
            case ModernUser.Busy busy -> BUSY;
        };
    }

    static Reply toPrekeys(UserName user, ModernUser.TakePairAnswer answer) {
        return switch (answer) {
            case ModernUser.Taken(var pair) -> new Reply.Prekeys(pair);
            case ModernUser.TooOften(var pause) -> tooOften(pause);
            case ModernUser.Unknown unknown -> unknown(user);
            case ModernUser.Revoked revoked -> REVOKED;
            case ModernUser.Busy busy -> BUSY;
        };
    }

    static Reply toRevoke(UserName user, ModernUser.RevokeAnswer answer) {
        return switch (answer) {
            case ModernUser.RevocationTaken done -> DONE;
            case ModernUser.ChainRefused(var why) -> refused(why);
            case ModernUser.Unknown unknown -> unknown(user);
            case ModernUser.Busy busy -> BUSY;
        };
    }

    static Reply toList(ModernUser.ListAnswer answer) {
        return switch (answer) {
            case ModernUser.Noted done -> DONE;
            case ModernUser.NotSignedIn not -> NOT_SIGNED_IN;
            case ModernUser.TooManyNames many ->
                new Reply.Refused(Code.SYNTAX, "expected at most %d names".formatted(ModernUser.NAMES_MAX));
        };
    }

    static Reply toWhereIs(UserName user, ModernUser.WhereIsAnswer answer) {
        return switch (answer) {
            case ModernUser.At(var address) -> new Reply.At(address);
            case ModernUser.Offline offline ->
                new Reply.Refused(Code.OFFLINE, "User %s is not there, or does not show where".formatted(user));
            case ModernUser.Unknown unknown -> unknown(user);
            case ModernUser.Revoked revoked -> REVOKED;
        };
    }

    static Reply toDeposit(UserName to, Mailbox.DepositAnswer answer) {
        return switch (answer) {
            case Mailbox.Deposited done -> DONE;
            case Mailbox.Full(var what) -> new Reply.Refused(Code.FULL, what);
            case Mailbox.NoMailbox none -> unknown(to);
            case Mailbox.Revoked revoked -> REVOKED;
            case Mailbox.Busy busy -> BUSY;
        };
    }

    static Reply toAck(Mailbox.AckAnswer answer) {
        return switch (answer) {
            case Mailbox.Acked done -> DONE;
            case Mailbox.Busy busy -> BUSY;
        };
    }

    static Reply toCreateGroup(GroupName group, ModernGroup.CreateAnswer answer) {
        return switch (answer) {
            case ModernGroup.Created done -> DONE;
            case ModernGroup.Taken taken -> new Reply.Refused(Code.TAKEN, "Group %s exists".formatted(group));
            case ModernGroup.Refused(var why) -> refused(why);
            case ModernGroup.Busy busy -> BUSY;
        };
    }

    static Reply toAppend(GroupName group, ModernGroup.AppendAnswer answer) {
        return switch (answer) {
            case ModernGroup.Appended(var entries) -> new Reply.Appended(entries);
            case ModernGroup.HeadMoved moved ->
                new Reply.Refused(Code.HEAD, "The log of group %s is another one now".formatted(group));
            case ModernGroup.Refused(var why) -> refused(why);
            case ModernGroup.Unknown unknown -> unknown(group);
            case ModernGroup.Busy busy -> BUSY;
        };
    }

    static Reply toLog(GroupName group, ModernGroup.LogAnswer answer) {
        return switch (answer) {
            case ModernGroup.Log(var entries, var row) -> new Reply.Log(entries, row);
            case ModernGroup.Unknown unknown -> unknown(group);
        };
    }

    static Reply toGroups(List<GroupDirectory.Size> sizes) {
        return new Reply.Groups(sizes.stream()
                .map(size -> new Reply.Listed(size.group(), size.members()))
                .toList());
    }

    static Reply tooOften(Duration pause) {
        long seconds = Math.max(1, pause.plusMillis(999).toSeconds());
        return new Reply.Refused(
                Code.RATE,
                seconds < 120
                        ? "Too often, try again in %d s".formatted(seconds)
                        : "Too often, try again in %d minutes".formatted((seconds + 59) / 60));
    }

    private static Reply unknown(UserName user) {
        return new Reply.Refused(Code.UNKNOWN, "No user %s".formatted(user));
    }

    private static Reply unknown(GroupName group) {
        return new Reply.Refused(Code.UNKNOWN, "No group %s".formatted(group));
    }

    private static Reply refused(Taking.Why why) {
        return new Reply.Refused(Code.GROUP, why.name());
    }

    private static Reply refused(Appending.Why why) {
        return new Reply.Refused(Code.CHAIN, why.name());
    }

    private ModernAnswers() {}
}
