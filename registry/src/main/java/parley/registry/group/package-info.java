/** Which groups there are. */
@org.jspecify.annotations.NullMarked
package parley.registry.group;
