-- What is recorded, once and for ever. `data` holds the exact bytes; the other columns repeat what
-- stands in them, so that the database can find and guard an entry without reading it.
CREATE TABLE entry (
    index bigint NOT NULL,
    type text NOT NULL,
    schema integer NOT NULL,
    recorded_at timestamptz NOT NULL,
    occurred_at timestamptz NOT NULL,
    actor text NOT NULL,
    site text NOT NULL,
    key text NOT NULL,
    data bytea NOT NULL,
    leaf bytea NOT NULL,
    CONSTRAINT entry_pkey PRIMARY KEY (index),
    CONSTRAINT entry_key_once UNIQUE (key),
    CONSTRAINT entry_leaf CHECK (leaf = sha256('\x00'::bytea || data))
);

-- Which histories an entry belongs to, and the version it brought each of them to.
CREATE TABLE entry_subject (
    stream text NOT NULL,
    version integer NOT NULL,
    index bigint NOT NULL,
    CONSTRAINT entry_subject_pkey PRIMARY KEY (stream, version),
    CONSTRAINT entry_subject_of FOREIGN KEY (index) REFERENCES entry (index)
);
CREATE INDEX entry_subject_index ON entry_subject (index);

-- The subtrees of 256, 65,536 and 16,777,216 leaves, from which proofs are made.
CREATE TABLE node (
    level integer NOT NULL,
    index bigint NOT NULL,
    hash bytea NOT NULL,
    CONSTRAINT node_pkey PRIMARY KEY (level, index),
    CONSTRAINT node_level CHECK (level IN (8, 16, 24, 32, 40, 48)),
    CONSTRAINT node_hash CHECK (length(hash) = 32)
);

-- The right edge of the tree, and the lock that every writer takes first. The last part of `origin`
-- is the epoch: declaring a loss begins a new one.
CREATE TABLE head (
    id integer NOT NULL,
    origin text NOT NULL,
    size bigint NOT NULL,
    frontier bytea NOT NULL,
    last_at timestamptz NOT NULL,
    CONSTRAINT head_pkey PRIMARY KEY (id),
    CONSTRAINT head_only_one CHECK (id = 1)
) WITH (fillfactor = 50);
INSERT INTO head VALUES (1, '', 0, '\x0000000000000000', '-infinity');

-- Where each history stands.
CREATE TABLE stream_head (
    stream text NOT NULL,
    site text NOT NULL,
    version integer NOT NULL,
    index bigint NOT NULL,
    leaf bytea NOT NULL,
    CONSTRAINT stream_head_pkey PRIMARY KEY (stream)
) WITH (fillfactor = 70);

-- What was signed outside the database, kept here for those who ask for proofs.
CREATE TABLE checkpoint (
    size bigint NOT NULL,
    root bytea NOT NULL,
    note text NOT NULL,
    signed_at timestamptz NOT NULL,
    CONSTRAINT checkpoint_pkey PRIMARY KEY (size)
);
