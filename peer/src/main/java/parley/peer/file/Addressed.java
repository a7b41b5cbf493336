package parley.peer.file;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import parley.messages.group.GroupMember;
import parley.messages.name.GroupName;

/** A file for all members of a group, each as the group's log holds him. */
final class Addressed {
    static Happened.Sending of(Happened.Sending sending, GroupName group, List<GroupMember> members) {
        var file = sending.file();
        var offer = file.offer();
        var receivers = new LinkedHashMap<Ref, Receiver>();
        var posts = new ArrayList<Post>();
        for (var member : members) {
            var ref = new Ref(member.name(), file.id());
            var as = Optional.of(member.identity());
            receivers.put(ref, new Receiver(as, true));
            if (offer.inPieces() && offer.pieces() > 0) posts.add(new Post(ref, as, new Post.Pieces()));
        }
        return new Happened.Sending(
                sending.verb(),
                sending.to(),
                new SentFile(file.id(), offer, file.path(), file.stamp(), Optional.of(group), members.size(), 0, false),
                receivers,
                posts);
    }

    private Addressed() {}
}
