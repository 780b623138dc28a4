-- Regain's store, schema 1. Times are milliseconds since 1970. Columns marked "sealed" hold what src/sealing.rs makes.
-- Migrations go forward only; a released file never changes.

-- Shows, on opening, that the key file is the one this store was made with. One row.
CREATE TABLE keyring_mark (
    id INTEGER PRIMARY KEY CHECK (id = 1),
    mark BLOB NOT NULL -- sealed
) STRICT;

-- Rows keep to the order of their creation, so that those that are live lie together on few pages.
CREATE TABLE recovery (
    id INTEGER PRIMARY KEY,
    handle BLOB NOT NULL UNIQUE,
    account BLOB NOT NULL,
    version INTEGER NOT NULL,
    state BLOB NOT NULL, -- sealed
    wake_at INTEGER,
    expires_at INTEGER NOT NULL
) STRICT;
CREATE INDEX recovery_account ON recovery (account);
CREATE INDEX recovery_wake ON recovery (wake_at) WHERE wake_at IS NOT NULL;
CREATE INDEX recovery_expiry ON recovery (expires_at);

CREATE TABLE count (
    subject BLOB NOT NULL,
    window_seconds INTEGER NOT NULL,
    window_start INTEGER NOT NULL,
    counted INTEGER NOT NULL,
    expires_at INTEGER NOT NULL,
    PRIMARY KEY (subject, window_seconds, window_start)
) STRICT, WITHOUT ROWID;
CREATE INDEX count_expiry ON count (expires_at);

CREATE TABLE outbox (
    seq INTEGER PRIMARY KEY,
    id BLOB NOT NULL UNIQUE,
    account BLOB NOT NULL,
    purpose TEXT NOT NULL,
    kind TEXT NOT NULL,
    body BLOB NOT NULL, -- sealed; empty once the message is settled
    created_at INTEGER NOT NULL,
    due_at INTEGER NOT NULL,
    held_until INTEGER, -- a worker has it until then
    expires_at INTEGER NOT NULL,
    tries INTEGER NOT NULL,
    status INTEGER NOT NULL, -- 0 waiting, 1 delivered, 2 given up
    outcome TEXT NOT NULL,
    settled_at INTEGER -- when it was delivered or given up
) STRICT;
CREATE INDEX outbox_waiting ON outbox (due_at) WHERE status = 0;
CREATE INDEX outbox_account ON outbox (account);
CREATE INDEX outbox_expiry ON outbox (expires_at);

CREATE TABLE kept (
    shelf TEXT NOT NULL,
    key BLOB NOT NULL,
    value BLOB NOT NULL, -- sealed
    expires_at INTEGER NOT NULL,
    PRIMARY KEY (shelf, key)
) STRICT, WITHOUT ROWID;
CREATE INDEX kept_expiry ON kept (expires_at);

CREATE TABLE audit (
    id INTEGER PRIMARY KEY,
    at INTEGER NOT NULL,
    reference TEXT NOT NULL,
    realm TEXT NOT NULL,
    account BLOB NOT NULL,
    user_name BLOB NOT NULL, -- sealed
    event TEXT NOT NULL,
    detail TEXT NOT NULL,
    network BLOB NOT NULL -- sealed
) STRICT;
CREATE INDEX audit_reference ON audit (reference);
CREATE INDEX audit_account ON audit (account);
CREATE INDEX audit_at ON audit (at);
