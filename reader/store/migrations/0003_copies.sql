-- Articles of different outlets with much the same text form a group, which points to the first of
-- them. How many outlets a group has is counted here again whenever one of its articles comes,
-- goes, is deleted or gets another outlet: groups are small, and an outlet counts once.

CREATE TABLE sketch (            -- what an article's text is recognised by
    article_id INTEGER PRIMARY KEY REFERENCES article (id) ON DELETE CASCADE,
    words      INTEGER NOT NULL,
    complete   INTEGER NOT NULL,
    whole      INTEGER NOT NULL,                -- hash of title and text
    shingles   BLOB NOT NULL                    -- unsigned, 32 bits each, least byte first
);

CREATE TABLE copy (
    article_id INTEGER PRIMARY KEY REFERENCES article (id) ON DELETE CASCADE,
    root_id    INTEGER NOT NULL,                -- the first of the group; of that, itself
    score      REAL NOT NULL                    -- the share of the shorter text, 0 to 1
);
CREATE INDEX copy_root ON copy (root_id);

CREATE TABLE copy_tally (
    root_id INTEGER PRIMARY KEY,
    outlets INTEGER NOT NULL DEFAULT 0          -- of articles that are not deleted
);

CREATE TABLE sketch_queue (      -- articles to be looked at in the background, newest first
    article_id INTEGER PRIMARY KEY REFERENCES article (id) ON DELETE CASCADE,
    outlet     INTEGER NOT NULL                 -- its id, or less the feed's where it has none
);
CREATE INDEX sketch_queue_outlet ON sketch_queue (outlet);
INSERT INTO sketch_queue
    SELECT a.id, coalesce(f.outlet_id, -f.id) FROM article AS a JOIN feed AS f ON f.id = a.feed_id;

CREATE TRIGGER copy_came AFTER INSERT ON copy BEGIN
    INSERT OR IGNORE INTO copy_tally (root_id) VALUES (new.root_id);
    UPDATE copy_tally SET outlets = (
        SELECT count(DISTINCT coalesce(f.outlet_id, -f.id)) FROM copy AS c
        JOIN article AS a ON a.id = c.article_id JOIN feed AS f ON f.id = a.feed_id
        WHERE c.root_id = copy_tally.root_id AND a.deleted = 0)
    WHERE root_id = new.root_id;
END;
CREATE TRIGGER copy_goes AFTER DELETE ON copy BEGIN
    UPDATE copy SET root_id = (SELECT min(article_id) FROM copy WHERE root_id = old.root_id)
    WHERE root_id = old.root_id AND old.root_id = old.article_id;
    UPDATE copy_tally SET outlets = (
        SELECT count(DISTINCT coalesce(f.outlet_id, -f.id)) FROM copy AS c
        JOIN article AS a ON a.id = c.article_id JOIN feed AS f ON f.id = a.feed_id
        WHERE c.root_id = copy_tally.root_id AND a.deleted = 0)
    WHERE root_id = old.root_id;
    DELETE FROM copy_tally WHERE root_id = old.root_id
        AND NOT EXISTS (SELECT 1 FROM copy WHERE root_id = old.root_id);
END;
CREATE TRIGGER copy_moved AFTER UPDATE OF root_id ON copy WHEN old.root_id <> new.root_id BEGIN
    INSERT OR IGNORE INTO copy_tally (root_id) VALUES (new.root_id);
    UPDATE copy_tally SET outlets = (
        SELECT count(DISTINCT coalesce(f.outlet_id, -f.id)) FROM copy AS c
        JOIN article AS a ON a.id = c.article_id JOIN feed AS f ON f.id = a.feed_id
        WHERE c.root_id = copy_tally.root_id AND a.deleted = 0)
    WHERE root_id IN (old.root_id, new.root_id);
    DELETE FROM copy_tally WHERE root_id = old.root_id
        AND NOT EXISTS (SELECT 1 FROM copy WHERE root_id = old.root_id);
END;
CREATE TRIGGER copy_deleted AFTER UPDATE OF deleted ON article
WHEN old.deleted <> new.deleted BEGIN
    UPDATE copy_tally SET outlets = (
        SELECT count(DISTINCT coalesce(f.outlet_id, -f.id)) FROM copy AS c
        JOIN article AS a ON a.id = c.article_id JOIN feed AS f ON f.id = a.feed_id
        WHERE c.root_id = copy_tally.root_id AND a.deleted = 0)
    WHERE root_id = (SELECT root_id FROM copy WHERE article_id = new.id);
END;
CREATE TRIGGER copy_elsewhere AFTER UPDATE OF outlet_id ON feed
WHEN old.outlet_id IS NOT new.outlet_id BEGIN
    UPDATE copy_tally SET outlets = (
        SELECT count(DISTINCT coalesce(f.outlet_id, -f.id)) FROM copy AS c
        JOIN article AS a ON a.id = c.article_id JOIN feed AS f ON f.id = a.feed_id
        WHERE c.root_id = copy_tally.root_id AND a.deleted = 0)
    WHERE root_id IN (
        SELECT c.root_id FROM article AS a CROSS JOIN copy AS c ON c.article_id = a.id
        WHERE a.feed_id = new.id);
END;
-- Before, because afterwards the counts could not tell who it was.
CREATE TRIGGER copy_lost BEFORE DELETE ON article BEGIN
    DELETE FROM copy WHERE article_id = old.id;
END;
