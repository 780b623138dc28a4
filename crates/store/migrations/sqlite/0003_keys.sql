-- What became of a message may hold what a gateway answered, and gateways repeat numbers: sealed from here on.
ALTER TABLE outbox ADD COLUMN sealed_outcome BLOB NOT NULL DEFAULT x''; -- sealed; empty where nothing is said
ALTER TABLE outbox DROP COLUMN outcome;
ALTER TABLE outbox RENAME COLUMN sealed_outcome TO outcome;

-- How far this store has come, see src/sqlite/mark.rs. One row.
CREATE TABLE course (
    id INTEGER PRIMARY KEY CHECK (id = 1),
    mark INTEGER NOT NULL
) STRICT;
INSERT INTO course (id, mark) VALUES (1, 0);
