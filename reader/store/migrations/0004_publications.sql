-- Files that hold the newest hits of a saved search as a feed, for other programs.

CREATE TABLE publication (
    id       INTEGER PRIMARY KEY,
    saved_id INTEGER NOT NULL REFERENCES saved_search (id) ON DELETE CASCADE,
    path     TEXT NOT NULL UNIQUE,
    name     TEXT NOT NULL,                     -- of the feed, for good: urn:uuid:…
    made     INTEGER NOT NULL,
    state    TEXT NOT NULL DEFAULT '',          -- of what the file holds: a hash
    error    TEXT NOT NULL DEFAULT ''           -- why it could not be written last, or ""
);
CREATE INDEX publication_saved ON publication (saved_id);
