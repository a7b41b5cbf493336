/**
 * The whole system under test, and the rules of the house.
 *
 * <p><b>Flow.</b> Real processes from {@link parley.proving.process}, naive clients from {@link
 * parley.proving.classic}, and what they say to each other.
 *
 * <p><b>Leans on</b> the command line, the JSON events and the classic protocol. Only {@link parley.proving.House}
 * looks at classes, and at their shape only.
 *
 * <p><b>Words.</b> A <i>rule</i> is something every class of the house keeps to; it is shown to fail, each time it is
 * checked, on the broken house beside it.
 */
@org.jspecify.annotations.NullMarked
package parley.proving;
