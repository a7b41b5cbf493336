/** Who exists and who is online. */
@org.jspecify.annotations.NullMarked
package parley.registry.user;
