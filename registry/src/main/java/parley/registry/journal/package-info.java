/** What is written, and how old bytes are read. */
@org.jspecify.annotations.NullMarked
package parley.registry.journal;
