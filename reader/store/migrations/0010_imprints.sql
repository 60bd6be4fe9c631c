-- What a feed said when it was last read: by these its items are known again without being read.

CREATE TABLE imprint (
    feed_id INTEGER PRIMARY KEY REFERENCES feed (id),
    written BLOB NOT NULL,      -- 8 bytes for each item: a hash of how the feed wrote it
    marks   BLOB NOT NULL       -- 48 bytes for each: what it is told apart by, see domain/decide
);
