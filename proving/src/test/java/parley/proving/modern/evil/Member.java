package parley.proving.modern.evil;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import parley.messages.group.Policy;
import parley.messages.name.GroupName;
import parley.messages.name.UserName;
import parley.peer.command.Conversation;
import parley.peer.command.GroupInput;
import parley.peer.command.Input;
import parley.peer.command.ModernInput;
import parley.peer.talk.GroupAnswer;
import parley.peer.talk.GroupMail;
import parley.peer.talk.Happening;
import parley.peer.talk.Mail;

/** Somebody and what he does and is shown in one group. */
record Member(Person person, GroupName group) {
    UserName name() {
        return person.name();
    }

    void creates(Policy policy) throws InterruptedException {
        person.done(new Input.Create(group, policy));
    }

    void joins() throws InterruptedException {
        person.done(new Input.Join(group));
    }

    void invites(Person other) throws InterruptedException {
        invites(other.name());
    }

    void invites(UserName other) throws InterruptedException {
        person.done(new GroupInput.Invite(group, other));
    }

    void sets(Policy policy) throws InterruptedException {
        person.done(new GroupInput.SetPolicy(group, policy));
    }

    void removes(UserName other) throws InterruptedException {
        person.done(new GroupInput.Remove(group, other));
    }

    void makesAdmin(Person other) throws InterruptedException {
        person.done(new GroupInput.Admin(group, other.name(), true));
    }

    /** To how many. */
    int sends(String text) throws InterruptedException {
        return ((GroupAnswer.Queued) person.done(sending(text)).answer()).members();
    }

    /** Once each of these has it. */
    void sends(String text, Person... to) throws InterruptedException {
        var id = ((GroupAnswer.Queued) person.done(sending(text)).answer()).id();
        for (var other : to) awaitMoved(id, other, Mail.Stage.DELIVERED);
    }

    /** Once each of these has read it. */
    void sendsAndIsRead(String text, Member... by) throws InterruptedException {
        var id = ((GroupAnswer.Queued) person.done(sending(text)).answer()).id();
        for (var reader : by) {
            reader.awaitCount(person, 1);
            reader.person.done(new ModernInput.Read(new Conversation.In(group)));
            awaitMoved(id, reader.person, Mail.Stage.READ);
        }
    }

    private void awaitMoved(String id, Person to, Mail.Stage stage) throws InterruptedException {
        person.heard()
                .await(
                        "%s of %s by %s".formatted(stage, id, to.name()),
                        0,
                        shown -> shown instanceof Mail.Moved moved
                                && moved.id().equals(id)
                                && moved.to().equals(to.name())
                                && moved.stage().compareTo(stage) >= 0);
    }

    /** Why it was refused. */
    String cannotSend(String text) throws InterruptedException {
        return ((Happening.Failed) person.run(sending(text))).why();
    }

    /** Why it was refused. */
    String cannotJoin() throws InterruptedException {
        return ((Happening.Failed) person.run(new Input.Join(group))).why();
    }

    private Input sending(String text) {
        return new Input.SendText(new Input.Groups(List.of(group)), text);
    }

    void awaitTexts(Person from, String... texts) throws InterruptedException {
        awaitCount(from, texts.length);
        assertThat(texts(from)).containsExactly(texts);
    }

    void awaitCount(Person from, int texts) throws InterruptedException {
        person.heard()
                .await(
                        "%d texts of %s in %s".formatted(texts, from.name(), group),
                        0,
                        any -> texts(from).size() >= texts);
    }

    /** As they were shown. */
    List<String> texts(Person from) {
        return person.heard().all().stream()
                .filter(shown -> shown instanceof Mail.MessageCame came
                        && came.group().equals(Optional.of(group))
                        && came.from().equals(from.name()))
                .map(shown -> ((Mail.MessageCame) shown).text())
                .toList();
    }

    /** All that is on disk. */
    List<String> history() throws InterruptedException {
        var answer = person.done(new ModernInput.History(new Conversation.In(group), ModernInput.History.COUNT_MAX))
                .answer();
        return ((GroupAnswer.History) answer)
                .texts().stream().map(text -> text.text()).toList();
    }

    List<UserName> others() throws InterruptedException {
        var shown = (GroupAnswer.Shown) person.done(new GroupInput.Show(group)).answer();
        return shown.members().stream()
                .map(GroupAnswer.Member::name)
                .filter(name -> !name.equals(name()))
                .toList();
    }

    void awaitChange(GroupMail.Change change, Person of) throws InterruptedException {
        awaitChange(change, of.name());
    }

    void awaitChange(GroupMail.Change change, UserName of) throws InterruptedException {
        person.heard()
                .await(
                        "%s of %s in %s".formatted(change, of, group),
                        0,
                        shown -> shown instanceof GroupMail.Changed changed
                                && changed.group().equals(group)
                                && changed.change() == change
                                && changed.user().equals(of));
    }

    GroupMail.Trouble awaitTrouble(GroupMail.Kind kind) throws InterruptedException {
        return (GroupMail.Trouble) person.heard()
                .await(
                        "%s of %s".formatted(kind, group),
                        0,
                        shown -> shown instanceof GroupMail.Trouble trouble
                                && trouble.group().equals(group)
                                && trouble.kind() == kind);
    }
}
