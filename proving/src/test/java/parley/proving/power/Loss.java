package parley.proving.power;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** What a power failure leaves of what was not synced. */
enum Loss {
    /** Nothing. */
    BARE {
        @Override
        List<Operation> writes(List<Operation> unsynced, Random random) {
            return List.of();
        }

        @Override
        int names(int unsynced, Random random) {
            return 0;
        }
    },

    /** The first few writes, or any in their order; the last one torn. Names in the order in which they were given. */
    RAGGED {
        @Override
        List<Operation> writes(List<Operation> unsynced, Random random) {
            if (unsynced.isEmpty()) return unsynced;
            var kept = new ArrayList<Operation>();
            if (random.nextBoolean()) kept.addAll(unsynced.subList(0, random.nextInt(unsynced.size() + 1)));
            else unsynced.stream().filter(any -> random.nextBoolean()).forEach(kept::add);
            if (!kept.isEmpty() && kept.getLast() instanceof Operation.Written last)
                kept.set(kept.size() - 1, torn(last, random));
            return kept;
        }

        @Override
        int names(int unsynced, Random random) {
            return random.nextInt(unsynced + 1);
        }
    };

    /** What a disk writes whole. */
    private static final int SECTOR_BYTES = 512;

    /** Of one file. */
    abstract List<Operation> writes(List<Operation> unsynced, Random random);

    /** Of one folder: how many of the first. */
    abstract int names(int unsynced, Random random);

    /** Up to the end of a sector of the file, or all of it. */
    private static Operation torn(Operation.Written write, Random random) {
        int head = SECTOR_BYTES - write.offset() % SECTOR_BYTES;
        int ends = 1 + Math.max(0, write.bytes().size() - head) / SECTOR_BYTES;
        int sectors = random.nextInt(ends + 1);
        int length = sectors == ends
                ? write.bytes().size()
                : Math.min(head + sectors * SECTOR_BYTES, write.bytes().size());
        return new Operation.Written(
                write.path(), write.inode(), write.offset(), write.bytes().take(length));
    }
}
