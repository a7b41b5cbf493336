package parley.peer.command;

/** A line read word by word. Words end at blanks and tabs; what is left over keeps all of its own. */
final class Words {
    /** A command that goes on otherwise than it must; an empty hint stands for the command's usage. */
    static final class NotSo extends Exception {
        private static final long serialVersionUID = 1L;

        private final String hint;

        NotSo(String hint) {
            super(hint, null, false, false);
            this.hint = hint;
        }

        String hint() {
            return hint;
        }
    }

    private final String line;
    private int at;

    Words(String line) {
        this.line = line;
    }

    /** The next word, or empty at the end. */
    String next() {
        skipBlanks();
        int from = at;
        while (at < line.length() && !blank(line.charAt(at))) at++;
        return line.substring(from, at);
    }

    String needed() throws NotSo {
        var word = next();
        if (word.isEmpty()) throw new NotSo("");
        return word;
    }

    /** All from the next word on, as it stands. */
    String rest() {
        skipBlanks();
        return line.substring(at);
    }

    String afterOneBlank() {
        return at < line.length() ? line.substring(at + 1) : "";
    }

    /** @return {@code command}, if nothing follows it */
    Input alone(Input command) throws NotSo {
        if (!next().isEmpty()) throw new NotSo("");
        return command;
    }

    private void skipBlanks() {
        while (at < line.length() && blank(line.charAt(at))) at++;
    }

    private static boolean blank(char c) {
        return c == ' ' || c == '\t';
    }
}
