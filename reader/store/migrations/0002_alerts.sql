-- Saved searches stand in folders and have a rule for their alert; alerts know which query and
-- which text fired them, and wait in an outbox for each channel; hits can be judged.

CREATE TABLE saved_folder (      -- folders of saved searches do not nest
    id       INTEGER PRIMARY KEY,
    key      TEXT NOT NULL UNIQUE,              -- the name in one case, in every script
    name     TEXT NOT NULL,                     -- as it was first written
    articles INTEGER NOT NULL DEFAULT 0,        -- not deleted; what several searches match, once
    unread   INTEGER NOT NULL DEFAULT 0
);
ALTER TABLE saved_search ADD COLUMN folder_id INTEGER REFERENCES saved_folder (id);
ALTER TABLE saved_search ADD COLUMN rule TEXT NOT NULL DEFAULT '{}';   -- JSON, see domain/rules.py
CREATE INDEX saved_search_folder ON saved_search (folder_id) WHERE folder_id IS NOT NULL;

CREATE TABLE saved_folder_hit (  -- article × folder, with how many of its searches match
    folder_id  INTEGER NOT NULL REFERENCES saved_folder (id),
    article_id INTEGER NOT NULL REFERENCES article (id) ON DELETE CASCADE,
    sorted_at  INTEGER NOT NULL,
    searches   INTEGER NOT NULL,
    PRIMARY KEY (article_id, folder_id)
) WITHOUT ROWID;
CREATE INDEX saved_folder_hit_page
    ON saved_folder_hit (folder_id, sorted_at DESC, article_id DESC);

CREATE INDEX article_deleted ON article (sorted_at) WHERE deleted = 1;

ALTER TABLE alert ADD COLUMN version INTEGER NOT NULL DEFAULT 1;       -- of the query that fired
ALTER TABLE alert ADD COLUMN revision INTEGER NOT NULL DEFAULT 1;      -- of the text it fired for
ALTER TABLE alert ADD COLUMN priority TEXT NOT NULL DEFAULT 'normal';
-- Until now spans were moved along with the text as long as the search matched.
UPDATE alert SET revision = coalesce(
    (SELECT hit.revision FROM hit
     WHERE hit.article_id = alert.article_id AND hit.saved_id = alert.saved_id),
    (SELECT a.revision FROM article AS a WHERE a.id = alert.article_id AND a.changed <= alert.at),
    (SELECT max(r.number) FROM revision AS r
     WHERE r.article_id = alert.article_id AND r.seen <= alert.at),
    1);
UPDATE alert SET version = coalesce(
    (SELECT hit.version FROM hit
     WHERE hit.article_id = alert.article_id AND hit.saved_id = alert.saved_id), 1);

-- "" is a hit of which nobody has said where it is; "[]" one that is in no place of the text.
UPDATE hit SET spans = '' WHERE spans = '[]';

CREATE TABLE outbox (            -- what is still to be delivered; the inbox holds every alert
    id       INTEGER PRIMARY KEY,
    alert_id INTEGER NOT NULL REFERENCES alert (id) ON DELETE CASCADE,
    channel  TEXT NOT NULL,
    due      INTEGER NOT NULL,
    batch    TEXT,                              -- what it is sent with, once sending has begun
    UNIQUE (alert_id, channel)
);
CREATE INDEX outbox_due ON outbox (channel, due, id) WHERE batch IS NULL;
CREATE INDEX outbox_batch ON outbox (batch) WHERE batch IS NOT NULL;
CREATE INDEX outbox_channel ON outbox (channel);

CREATE TABLE channel (           -- how delivery goes; a channel never used has no row
    name      TEXT PRIMARY KEY,
    failures  INTEGER NOT NULL DEFAULT 0,       -- since it last went well
    error     TEXT NOT NULL DEFAULT '',
    next_try  INTEGER,
    last_sent INTEGER
) WITHOUT ROWID;

CREATE TABLE delivery (          -- when a saved search was last told of, for its cooldown
    saved_id INTEGER NOT NULL REFERENCES saved_search (id) ON DELETE CASCADE,
    channel  TEXT NOT NULL,
    at       INTEGER NOT NULL,
    PRIMARY KEY (saved_id, channel)
) WITHOUT ROWID;

CREATE TABLE judgement (         -- whether an article was worth telling of; outlives the hit
    saved_id   INTEGER NOT NULL REFERENCES saved_search (id) ON DELETE CASCADE,
    article_id INTEGER NOT NULL REFERENCES article (id) ON DELETE CASCADE,
    keep       INTEGER NOT NULL,
    at         INTEGER NOT NULL,
    PRIMARY KEY (saved_id, article_id)
) WITHOUT ROWID;
CREATE INDEX judgement_article ON judgement (article_id);

-- What was not yet being sent of a deleted article is no longer told.
CREATE TRIGGER outbox_without_deleted AFTER UPDATE OF deleted ON article
WHEN new.deleted > old.deleted BEGIN
    DELETE FROM outbox WHERE batch IS NULL
        AND alert_id IN (SELECT id FROM alert WHERE article_id = new.id);
END;

-- Folders of saved searches: each article once, counted by how many of the searches match it.

CREATE TRIGGER hit_into_folder AFTER INSERT ON hit BEGIN
    INSERT INTO saved_folder_hit (folder_id, article_id, sorted_at, searches)
    SELECT folder_id, new.article_id, new.sorted_at, 1 FROM saved_search
    WHERE id = new.saved_id AND folder_id IS NOT NULL
    ON CONFLICT DO UPDATE SET searches = searches + 1;
END;
CREATE TRIGGER hit_out_of_folder AFTER DELETE ON hit BEGIN
    UPDATE saved_folder_hit SET searches = searches - 1
    WHERE article_id = old.article_id
        AND folder_id = (SELECT folder_id FROM saved_search WHERE id = old.saved_id);
END;
CREATE TRIGGER saved_folder_hit_unmatched AFTER UPDATE OF searches ON saved_folder_hit
WHEN new.searches = 0 BEGIN
    DELETE FROM saved_folder_hit WHERE article_id = new.article_id AND folder_id = new.folder_id;
END;
CREATE TRIGGER saved_folder_hit_came AFTER INSERT ON saved_folder_hit BEGIN
    UPDATE saved_folder SET
        articles = articles + (SELECT 1 - deleted FROM article WHERE id = new.article_id),
        unread   = unread + (SELECT (1 - deleted) * (1 - read) FROM article WHERE id = new.article_id)
    WHERE id = new.folder_id;
END;
CREATE TRIGGER saved_folder_hit_goes AFTER DELETE ON saved_folder_hit BEGIN
    UPDATE saved_folder SET
        articles = articles - (SELECT 1 - deleted FROM article WHERE id = old.article_id),
        unread   = unread - (SELECT (1 - deleted) * (1 - read) FROM article WHERE id = old.article_id)
    WHERE id = old.folder_id;
END;
CREATE TRIGGER saved_folder_read AFTER UPDATE OF read, deleted ON article
WHEN old.read <> new.read OR old.deleted <> new.deleted BEGIN
    UPDATE saved_folder SET
        articles = articles + old.deleted - new.deleted,
        unread   = unread + (1 - new.deleted) * (1 - new.read) - (1 - old.deleted) * (1 - old.read)
    WHERE id IN (SELECT folder_id FROM saved_folder_hit WHERE article_id = new.id);
END;
CREATE TRIGGER saved_folder_moved AFTER UPDATE OF sorted_at ON article
WHEN old.sorted_at <> new.sorted_at BEGIN
    UPDATE saved_folder_hit SET sorted_at = new.sorted_at WHERE article_id = new.id;
END;

CREATE TRIGGER saved_search_moved AFTER UPDATE OF folder_id ON saved_search
WHEN old.folder_id IS NOT new.folder_id BEGIN
    UPDATE saved_folder_hit SET searches = searches - 1
    WHERE folder_id = old.folder_id
        AND article_id IN (SELECT article_id FROM hit WHERE saved_id = new.id);
    INSERT INTO saved_folder_hit (folder_id, article_id, sorted_at, searches)
    SELECT new.folder_id, article_id, sorted_at, 1 FROM hit
    WHERE saved_id = new.id AND new.folder_id IS NOT NULL
    ON CONFLICT DO UPDATE SET searches = searches + 1;
    DELETE FROM saved_folder WHERE id = old.folder_id
        AND NOT EXISTS (SELECT 1 FROM saved_search WHERE folder_id = old.folder_id);
END;
-- Before, because afterwards nobody could say in which folder it stood.
CREATE TRIGGER saved_search_goes BEFORE DELETE ON saved_search BEGIN
    DELETE FROM hit WHERE saved_id = old.id;
END;
CREATE TRIGGER saved_search_gone AFTER DELETE ON saved_search BEGIN
    DELETE FROM saved_folder WHERE id = old.folder_id
        AND NOT EXISTS (SELECT 1 FROM saved_search WHERE folder_id = old.folder_id);
END;
