/**
 * A house that breaks every rule, each in one place; only {@link parley.proving.HouseTest} looks at it. Its packages
 * lie as ours do, so that a rule reads both.
 */
@org.jspecify.annotations.NullMarked
package parley.proving.broken;
