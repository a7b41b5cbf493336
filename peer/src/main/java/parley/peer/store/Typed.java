package parley.peer.store;

/** A password on its way to the vault, which wipes it. Prints as {@code redacted}. */
public final class Typed {
    private final char[] characters;

    /** Takes them for its own. */
    public static Typed of(char[] characters) {
        return new Typed(characters);
    }

    private Typed(char[] characters) {
        this.characters = characters;
    }

    char[] characters() {
        return characters;
    }

    @Override
    public String toString() {
        return "redacted";
    }
}
