-- What is put down and fetched again once, and therefore never becomes an event: see parley.registry.journal.Shelf. To
-- change it, raise ShelfSchema.VERSION and bring older files up to it.

-- Whose shelf this is: everything on it is worth nothing at a registry with another id.
CREATE TABLE "registry" (
    "one" INTEGER PRIMARY KEY CHECK ("one" = 1),
    "id" BLOB NOT NULL
);

-- The last serial outlives the envelope that had it: no serial is ever given twice.
CREATE TABLE "mailbox" (
    "name" TEXT PRIMARY KEY,
    "last_serial" INTEGER NOT NULL
) WITHOUT ROWID;

-- The bytes come last, so that reading the rest doesn't read them.
CREATE TABLE "envelope" (
    "mailbox" TEXT NOT NULL,
    "serial" INTEGER NOT NULL,
    "sender" TEXT NOT NULL,
    "time_millis" INTEGER NOT NULL,
    "bytes" BLOB NOT NULL
);

CREATE UNIQUE INDEX "envelope_serial_idx" ON "envelope" ("mailbox", "serial");
CREATE INDEX "envelope_time_idx" ON "envelope" ("time_millis");

-- Which one-time pairs a present identity has ever brought, as ranges of ids: 0-99,200-299.
CREATE TABLE "pair_owner" (
    "account" TEXT PRIMARY KEY,
    "identity" BLOB NOT NULL,
    "seen" TEXT NOT NULL
) WITHOUT ROWID;

CREATE TABLE "pair" (
    "account" TEXT NOT NULL,
    "id" INTEGER NOT NULL,
    "bytes" BLOB NOT NULL
);

CREATE UNIQUE INDEX "pair_id_idx" ON "pair" ("account", "id");

-- Who was given one when, for as long as that limits anybody.
CREATE TABLE "pair_taken" (
    "account" TEXT NOT NULL,
    "asker" TEXT NOT NULL,
    "time_millis" INTEGER NOT NULL
);

CREATE INDEX "pair_taken_idx" ON "pair_taken" ("account", "asker", "time_millis");

-- A code is known by its hash only. Spent ones stay, so that the same person may finish what a crash interrupted.
CREATE TABLE "invitation" (
    "code_sha256" BLOB PRIMARY KEY,
    "made_millis" INTEGER NOT NULL,
    "spent_by" TEXT
) WITHOUT ROWID;
