package parley.peer.file;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import parley.messages.group.GroupMember;
import parley.messages.name.GroupName;
import parley.messages.wire.FileOffer;
import parley.messages.wire.MessageId;
import parley.peer.transfer.SourceStamp;

/** A file for all members of a group, each as the group's log holds him. */
record Addressed(SentFile file, Map<Ref, Receiver> receivers, List<Post> posts) {
    static Addressed of(
            MessageId id, FileOffer offer, Path path, SourceStamp stamp, GroupName group, List<GroupMember> members) {
        var receivers = new LinkedHashMap<Ref, Receiver>();
        var posts = new ArrayList<Post>();
        for (var member : members) {
            var ref = new Ref(member.name(), id);
            var as = Optional.of(member.identity());
            receivers.put(ref, new Receiver(as, true));
            if (offer.inPieces() && offer.pieces() > 0) posts.add(new Post(ref, as, new Post.Pieces()));
        }
        var file = new SentFile(id, offer, path, stamp, Optional.of(group), members.size(), 0, false);
        return new Addressed(file, receivers, posts);
    }
}
