/** One node that forms a cluster by itself. */
@org.jspecify.annotations.NullMarked
package parley.registry.cluster;
