package parley.peer.session;

import org.apache.pekko.actor.typed.ActorRef;
import parley.messages.name.Password;
import parley.messages.name.UserName;

/** Who is signed in. The password is kept to sign in again when the registry was away; it prints as redacted. */
record Account(UserName user, Password password, ActorRef<Session.Command> session) {}
