-- Watchlists with a note and a switch, and how types of entities look.

ALTER TABLE watchlist ADD COLUMN note TEXT NOT NULL DEFAULT '';
ALTER TABLE watchlist ADD COLUMN enabled INTEGER NOT NULL DEFAULT 1;  -- 0: as though it were not there
ALTER TABLE watchlist ADD COLUMN kept INTEGER NOT NULL DEFAULT 0;     -- 1: stays when it is empty

CREATE TABLE entity_type (       -- those a person made, or gave another look
    name   TEXT PRIMARY KEY,
    colour TEXT NOT NULL DEFAULT '',            -- a hue by name or #rrggbb; '': the usual one
    icon   TEXT NOT NULL DEFAULT ''             -- '': the usual one
) WITHOUT ROWID;
