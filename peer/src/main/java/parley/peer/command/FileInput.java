package parley.peer.command;

/** What can be asked about files between modern accounts. An id may be the beginning of one. */
public sealed interface FileInput extends ModernInput {
    record Transfers() implements FileInput {
        @Override
        public String verb() {
            return "transfers";
        }
    }

    record Pause(String id) implements FileInput {
        @Override
        public String verb() {
            return "pause";
        }
    }

    record Resume(String id) implements FileInput {
        @Override
        public String verb() {
            return "resume";
        }
    }

    record Cancel(String id) implements FileInput {
        @Override
        public String verb() {
            return "cancel";
        }
    }
}
