-- The audit trail as a chain: see src/audit.rs. Rows of schema 1 hang on nothing and are not taken over; no release wrote any.
DROP TABLE audit;

-- Whose chain this file holds: a random name. One row.
CREATE TABLE audit_node (
    id INTEGER PRIMARY KEY CHECK (id = 1),
    node BLOB NOT NULL
) STRICT;

CREATE TABLE audit (
    seq INTEGER PRIMARY KEY, -- from 1, without gaps
    at INTEGER NOT NULL,
    reference TEXT NOT NULL,
    realm TEXT NOT NULL,
    event TEXT NOT NULL,
    detail TEXT NOT NULL,
    account BLOB, -- NULL: about nobody, or erased
    person BLOB, -- sealed: salt and user name. NULL: about nobody, or erased
    person_commitment BLOB NOT NULL, -- empty: about nobody
    network BLOB, -- sealed: salt and network. NULL: from no network, or erased
    network_commitment BLOB NOT NULL, -- empty: from no network
    hash BLOB NOT NULL
) STRICT;
CREATE INDEX audit_reference ON audit (reference);
CREATE INDEX audit_account ON audit (account) WHERE account IS NOT NULL;
-- For the cleaner, which drops networks before the rows.
CREATE INDEX audit_network ON audit (at) WHERE network IS NOT NULL;

CREATE TABLE audit_head (
    node BLOB NOT NULL,
    seq INTEGER NOT NULL,
    kind TEXT NOT NULL, -- head, start
    hash BLOB NOT NULL,
    at INTEGER NOT NULL,
    seen BLOB NOT NULL, -- of each other node: its name, a sequence number, a hash
    signature BLOB NOT NULL,
    PRIMARY KEY (node, seq, kind)
) STRICT, WITHOUT ROWID;
