package parley.peer.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jline.reader.Candidate;
import org.junit.jupiter.api.Test;
import parley.messages.group.Policy;
import parley.messages.name.GroupName;
import parley.messages.name.UserName;
import parley.peer.talk.Answer;
import parley.peer.talk.GroupAnswer;
import parley.peer.talk.GroupMail;
import parley.peer.talk.Happening;
import parley.peer.talk.ModernAnswer;

class GroupSuggestionsTest {
    private static final GroupName TEAM = new GroupName("team");

    private final Acquaintances met = new Acquaintances();
    private final Suggestions suggestions = Suggestions.of(met, Path.of("/home/alice"));

    GroupSuggestionsTest() {
        done(new ModernAnswer.Entered(
                user("alice"),
                "",
                List.of(new ModernAnswer.Unread(user("zoe"), 1)),
                List.of(new ModernAnswer.UnreadInGroup(TEAM, 0))));
        done(new GroupAnswer.Shown(TEAM, Policy.OPEN, 3, "ab", List.of(member("alice"), member("bob"))));
    }

    @Test
    void aGroupsNameComesFirst() {
        for (var line : List.of("leave ", "invite ", "remove ", "admin ", "group ", "members ", "join ", "send group "))
            assertThat(at(line)).as(line).containsExactly("team");
    }

    @Test
    void membersAreRemovedAndOthersInvited() {
        assertThat(at("remove team ")).containsExactly("alice", "bob");
        assertThat(at("admin Team ")).containsExactly("alice", "bob");
        assertThat(at("admin team bob ")).containsExactly("off");
        assertThat(at("invite team ")).containsExactly("zoe");
        for (var line : List.of("remove other ", "remove t:eam ", "remove team bob ", "admin team bob off "))
            assertThat(at(line)).as(line).isEmpty();
    }

    @Test
    void membersAreKnownAsTheyComeAndGo() {
        met.see(new GroupMail.Changed(TEAM, GroupMail.Change.ADDED, user("zoe"), user("bob")));
        met.see(new GroupMail.Changed(TEAM, GroupMail.Change.LEFT, user("bob"), user("bob")));
        assertThat(at("remove team ")).containsExactly("alice", "zoe");
        done(new GroupAnswer.Invited(TEAM, user("carol")));
        done(new GroupAnswer.Removed(TEAM, user("zoe")));
        assertThat(at("remove team ")).containsExactly("alice", "carol");
        done(new GroupAnswer.Members(List.of(new Answer.Members.Group(TEAM, List.of(user("bob"))))));
        assertThat(at("remove team ")).containsExactly("bob");
    }

    @Test
    void policiesAreFew() {
        for (var line : List.of("create new ", "group team "))
            assertThat(at(line)).as(line).containsExactly("open", "invite", "members", "closed");
        assertThat(at("create ")).isEmpty();
    }

    @Test
    void conversationsAreWithUsersOrInGroups() {
        for (var line : List.of("history ", "read ", "search lunch in "))
            assertThat(at(line)).as(line).containsExactly("GROUP", "alice", "bob", "team", "zoe");
        assertThat(at("history group ")).containsExactly("team");
        assertThat(at("search lunch in group ")).containsExactly("team");
        assertThat(at("read -- ")).containsExactly("alice", "bob", "zoe");
        for (var line : List.of("history team ", "search ", "search in ", "search lunch in team "))
            assertThat(at(line)).as(line).isEmpty();
    }

    private List<String> at(String line) {
        return suggestions.at(Typed.of(line, line.length())).stream()
                .map(Candidate::value)
                .toList();
    }

    private void done(Answer answer) {
        met.see(new Happening.Done("any", answer));
    }

    private static GroupAnswer.Member member(String name) {
        return new GroupAnswer.Member(user(name), false, Optional.empty(), false);
    }

    private static UserName user(String name) {
        return new UserName(name);
    }
}
