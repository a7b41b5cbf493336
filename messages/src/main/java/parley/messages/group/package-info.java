/**
 * Who is in a group: the hash-linked log of signed entries that says so, verified by the registry and by every member
 * with the same code.
 *
 * <p><b>Flow.</b> {@link parley.messages.group.GroupLog#draft} &rarr; an {@link parley.messages.group.EntryDraft},
 * signed by whoever holds the private key &rarr; a {@link parley.messages.group.GroupEntry} &rarr; {@link
 * parley.messages.group.GroupLog#append} takes it in or says why not. As bytes it travels by {@link
 * parley.messages.group.EntryCodec}, several of them by {@link parley.messages.group.EntryRow}.
 *
 * <p><b>Leans on</b> {@code name}, {@code field}, and on {@code identity} for keys that verify and for hashes. No
 * actors, no clock, no private key.
 *
 * <p><b>Words.</b> A <i>deed</i> is what an entry does. The <i>head</i> is the hash of the last entry; the hash of the
 * first is the group's <i>id</i>. A <i>policy</i> says who may bring others in.
 *
 * <p><b>To change a rule or a layout:</b> docs/PROTOCOL.md §12 first, then its vector in docs/vectors, then the code.
 * A rule that two members do not share splits their group, and what was signed stays readable for ever: add a kind,
 * never change one.
 */
@org.jspecify.annotations.NullMarked
package parley.messages.group;
