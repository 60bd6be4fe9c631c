-- Times are whole milliseconds UTC. Texts that a person reads are never changed by us but for
-- whitespace at both ends. Hashes are signed 64-bit integers, so that their indexes stay small.
--
-- What a list pages through (`membership`, `appearance`, `hit`) repeats the article's `sorted_at`,
-- and what a sidebar counts is kept in the `…_tally` tables; triggers at the end of this file do
-- both, so that no code can forget to. `Store.check` recounts them.

CREATE TABLE meta (              -- one value by name: lexicon_version, saved_version, rescan_below
    key   TEXT PRIMARY KEY,
    value NOT NULL
) WITHOUT ROWID;

CREATE TABLE outlet (            -- who publishes; by default a feed's title or host
    id   INTEGER PRIMARY KEY,
    name TEXT NOT NULL UNIQUE COLLATE NOCASE
);

CREATE TABLE folder (
    id        INTEGER PRIMARY KEY,
    parent_id INTEGER REFERENCES folder (id),
    name      TEXT NOT NULL
);
CREATE UNIQUE INDEX folder_name ON folder (coalesce(parent_id, 0), name COLLATE NOCASE);
CREATE INDEX folder_parent ON folder (parent_id);

CREATE TABLE feed (
    id             INTEGER PRIMARY KEY,
    url            TEXT NOT NULL UNIQUE,        -- exactly as the user gave it
    fetch_url      TEXT NOT NULL DEFAULT '',    -- where permanent redirects have led, when believed
    title          TEXT NOT NULL DEFAULT '',
    own_title      TEXT NOT NULL DEFAULT '',    -- what the user calls it
    site_url       TEXT NOT NULL DEFAULT '',
    outlet_id      INTEGER REFERENCES outlet (id),
    folder_id      INTEGER REFERENCES folder (id),
    language       TEXT NOT NULL DEFAULT '',
    allow_private  INTEGER NOT NULL DEFAULT 0,  -- typed by the user: may be on a private network
    allow_images   INTEGER NOT NULL DEFAULT 0,
    interval_s     INTEGER,                     -- NULL: chosen by the program
    identity       TEXT NOT NULL DEFAULT 'guid',-- what tells its items apart; degrades when ids churn
    etag           TEXT NOT NULL DEFAULT '',
    last_modified  TEXT NOT NULL DEFAULT '',
    body_hash      TEXT NOT NULL DEFAULT '',
    fetched_once   INTEGER NOT NULL DEFAULT 0,
    item_count     INTEGER NOT NULL DEFAULT 0,  -- in the last body read
    last_fetched   INTEGER,
    last_success   INTEGER,
    next_fetch     INTEGER NOT NULL DEFAULT 0,
    error          TEXT NOT NULL DEFAULT '',
    error_kind     TEXT NOT NULL DEFAULT '',
    error_since    INTEGER,
    failures       INTEGER NOT NULL DEFAULT 0,
    gone           INTEGER NOT NULL DEFAULT 0,  -- 410: not asked again by itself
    added          INTEGER NOT NULL,
    removed        INTEGER                      -- unsubscribed; its articles stay
);
CREATE INDEX feed_due ON feed (next_fetch) WHERE removed IS NULL AND gone = 0;
CREATE INDEX feed_folder ON feed (folder_id);
CREATE INDEX feed_outlet ON feed (outlet_id);

CREATE TABLE article (           -- AUTOINCREMENT: an id never comes back to mean another article
    id            INTEGER PRIMARY KEY AUTOINCREMENT,
    feed_id       INTEGER NOT NULL REFERENCES feed (id),    -- the one it came from first
    url           TEXT NOT NULL DEFAULT '',
    url_key       INTEGER,                      -- hash of the canonical link; NULL without a link
    title         TEXT NOT NULL DEFAULT '',
    author        TEXT NOT NULL DEFAULT '',
    language      TEXT NOT NULL DEFAULT '',
    snippet       TEXT NOT NULL DEFAULT '',     -- the first words, so that lists never load bodies
    published     INTEGER,                      -- NULL: undated or implausible
    published_raw TEXT NOT NULL DEFAULT '',
    sorted_at     INTEGER NOT NULL,
    first_seen    INTEGER NOT NULL,
    changed       INTEGER NOT NULL,             -- when this text was first seen
    content_hash  INTEGER NOT NULL,
    size          INTEGER NOT NULL,             -- code points of lead and text
    revision      INTEGER NOT NULL DEFAULT 1,   -- number of this text; earlier ones are in `revision`
    read          INTEGER NOT NULL DEFAULT 0,
    starred       INTEGER NOT NULL DEFAULT 0,
    deleted       INTEGER NOT NULL DEFAULT 0    -- by the user; keeps the item from coming back
);
CREATE INDEX article_all ON article (sorted_at DESC, id DESC) WHERE deleted = 0;
CREATE INDEX article_unread ON article (sorted_at DESC, id DESC) WHERE deleted = 0 AND read = 0;
CREATE INDEX article_starred ON article (sorted_at DESC, id DESC) WHERE deleted = 0 AND starred = 1;
CREATE INDEX article_language ON article (language) WHERE deleted = 0;
CREATE INDEX article_revised ON article (id) WHERE revision > 1;
CREATE INDEX article_url ON article (url_key) WHERE url_key IS NOT NULL;
CREATE INDEX article_feed ON article (feed_id);

CREATE TABLE body (              -- apart from `article`, so that lists read small pages
    article_id INTEGER PRIMARY KEY REFERENCES article (id) ON DELETE CASCADE,
    lead       TEXT NOT NULL DEFAULT '',
    text       TEXT NOT NULL DEFAULT '',
    html       TEXT NOT NULL DEFAULT ''
);

CREATE TABLE membership (        -- which feeds carried an article
    article_id INTEGER NOT NULL REFERENCES article (id) ON DELETE CASCADE,
    feed_id    INTEGER NOT NULL REFERENCES feed (id),
    sorted_at  INTEGER NOT NULL,
    PRIMARY KEY (article_id, feed_id)
) WITHOUT ROWID;
CREATE INDEX membership_page ON membership (feed_id, sorted_at DESC, article_id DESC);

CREATE TABLE shared (            -- articles carried by several feeds: few, and folders count them once
    article_id INTEGER PRIMARY KEY REFERENCES article (id) ON DELETE CASCADE
);

CREATE TABLE identity (          -- under which keys a feed carried an article, and with what text
    feed_id    INTEGER NOT NULL REFERENCES feed (id),
    key        INTEGER NOT NULL,                -- hash of what tells the item apart within the feed
    article_id INTEGER NOT NULL REFERENCES article (id) ON DELETE CASCADE,
    content    INTEGER NOT NULL,                -- hash of the text this feed last gave under this key
    PRIMARY KEY (feed_id, key)
) WITHOUT ROWID;
CREATE INDEX identity_content ON identity (feed_id, content);
CREATE INDEX identity_article ON identity (article_id);

CREATE TABLE revision (          -- texts that an article had before
    article_id INTEGER NOT NULL REFERENCES article (id) ON DELETE CASCADE,
    number     INTEGER NOT NULL,
    seen       INTEGER NOT NULL,
    url        TEXT NOT NULL,
    title      TEXT NOT NULL,
    author     TEXT NOT NULL,
    lead       TEXT NOT NULL,
    text       TEXT NOT NULL,
    html       TEXT NOT NULL,
    PRIMARY KEY (article_id, number)
) WITHOUT ROWID;

CREATE TABLE tag (
    id   INTEGER PRIMARY KEY,
    key  TEXT NOT NULL UNIQUE,                  -- the name in one case, in every script
    name TEXT NOT NULL                          -- as it was first written
);
CREATE TABLE article_tag (
    article_id INTEGER NOT NULL REFERENCES article (id) ON DELETE CASCADE,
    tag_id     INTEGER NOT NULL REFERENCES tag (id) ON DELETE CASCADE,
    PRIMARY KEY (article_id, tag_id)
) WITHOUT ROWID;
CREATE INDEX article_tag_tag ON article_tag (tag_id, article_id);

CREATE TABLE note (
    article_id INTEGER PRIMARY KEY REFERENCES article (id) ON DELETE CASCADE,
    text       TEXT NOT NULL,
    changed    INTEGER NOT NULL
);

CREATE TABLE watchlist (
    id   INTEGER PRIMARY KEY,
    name TEXT NOT NULL UNIQUE
);
CREATE TABLE entity (
    id           INTEGER PRIMARY KEY AUTOINCREMENT,
    watchlist_id INTEGER NOT NULL REFERENCES watchlist (id),
    name         TEXT NOT NULL,
    type         TEXT NOT NULL,
    "case"       INTEGER,                       -- of the name: NULL default rule, 1 only so, 0 any
    inflect      INTEGER NOT NULL DEFAULT 1,
    note         TEXT NOT NULL DEFAULT '',
    UNIQUE (watchlist_id, name)
);
CREATE TABLE alias (
    entity_id INTEGER NOT NULL REFERENCES entity (id) ON DELETE CASCADE,
    position  INTEGER NOT NULL,
    text      TEXT NOT NULL,
    "case"    INTEGER,
    inflect   INTEGER NOT NULL DEFAULT 1,
    PRIMARY KEY (entity_id, position)
) WITHOUT ROWID;

CREATE TABLE appearance (        -- which entities an article mentions, and how often
    article_id INTEGER NOT NULL REFERENCES article (id) ON DELETE CASCADE,
    entity_id  INTEGER NOT NULL REFERENCES entity (id) ON DELETE CASCADE,
    sorted_at  INTEGER NOT NULL,
    mentions   INTEGER NOT NULL,
    PRIMARY KEY (article_id, entity_id)
) WITHOUT ROWID;
CREATE INDEX appearance_page ON appearance (entity_id, sorted_at DESC, article_id DESC);

CREATE TABLE mention (           -- where exactly
    article_id INTEGER NOT NULL,
    entity_id  INTEGER NOT NULL,
    field      INTEGER NOT NULL,                -- 0 title, 1 lead, 2 body
    "start"    INTEGER NOT NULL,
    "end"      INTEGER NOT NULL,
    alias      TEXT NOT NULL,
    shown      INTEGER NOT NULL,                -- 0: inside a longer mention, counted but not painted
    PRIMARY KEY (article_id, entity_id, field, "start", "end"),
    FOREIGN KEY (article_id, entity_id) REFERENCES appearance (article_id, entity_id) ON DELETE CASCADE
) WITHOUT ROWID;

CREATE TABLE saved_search (
    id       INTEGER PRIMARY KEY AUTOINCREMENT,
    name     TEXT NOT NULL UNIQUE,
    query    TEXT NOT NULL,
    alert    INTEGER NOT NULL DEFAULT 0,
    version  INTEGER NOT NULL DEFAULT 1,        -- raised whenever the query changes
    derived  INTEGER NOT NULL DEFAULT 0,        -- the version its hits were derived with
    broken   TEXT NOT NULL DEFAULT ''           -- why the query cannot be run
);
CREATE TABLE hit (               -- article × saved search
    article_id INTEGER NOT NULL REFERENCES article (id) ON DELETE CASCADE,
    saved_id   INTEGER NOT NULL REFERENCES saved_search (id) ON DELETE CASCADE,
    sorted_at  INTEGER NOT NULL,
    version    INTEGER NOT NULL,                -- of the saved search
    revision   INTEGER NOT NULL,                -- of the article
    spans      TEXT NOT NULL DEFAULT '[]',      -- JSON: [[field, start, end, text], …]
    PRIMARY KEY (article_id, saved_id)
) WITHOUT ROWID;
CREATE INDEX hit_page ON hit (saved_id, sorted_at DESC, article_id DESC);

CREATE TABLE alert (             -- what fired; kept when the saved search or its hit is gone
    id         INTEGER PRIMARY KEY,
    article_id INTEGER NOT NULL REFERENCES article (id) ON DELETE CASCADE,
    saved_id   INTEGER REFERENCES saved_search (id) ON DELETE SET NULL,
    name       TEXT NOT NULL,                   -- of the saved search when it fired
    spans      TEXT NOT NULL,
    at         INTEGER NOT NULL,
    seen       INTEGER NOT NULL DEFAULT 0
);
CREATE UNIQUE INDEX alert_once ON alert (article_id, name);
CREATE INDEX alert_at ON alert (at DESC, id DESC);
CREATE INDEX alert_unseen ON alert (article_id) WHERE seen = 0;
CREATE INDEX alert_saved ON alert (saved_id);

CREATE TABLE index_queue (       -- articles whose index entry is out of date, oldest request first
    seq        INTEGER PRIMARY KEY AUTOINCREMENT,
    article_id INTEGER NOT NULL UNIQUE REFERENCES article (id) ON DELETE CASCADE
);

CREATE TABLE journal (           -- every change the user made, with what it takes to undo it
    id     INTEGER PRIMARY KEY AUTOINCREMENT,
    at     INTEGER NOT NULL,
    what   TEXT NOT NULL,                       -- "read", "star", "tag", "note", "feed", …
    before TEXT NOT NULL,                       -- JSON
    after  TEXT NOT NULL,                       -- JSON
    undone INTEGER NOT NULL DEFAULT 0
);
CREATE INDEX journal_open ON journal (id) WHERE undone = 0;

-- Counts, of articles that are not deleted.

CREATE TABLE library_tally (
    id       INTEGER PRIMARY KEY CHECK (id = 1),
    articles INTEGER NOT NULL,
    unread   INTEGER NOT NULL,
    starred  INTEGER NOT NULL
);
INSERT INTO library_tally VALUES (1, 0, 0, 0);

CREATE TABLE feed_tally (
    feed_id  INTEGER PRIMARY KEY REFERENCES feed (id) ON DELETE CASCADE,
    articles INTEGER NOT NULL DEFAULT 0,
    unread   INTEGER NOT NULL DEFAULT 0
);
CREATE TABLE entity_tally (
    entity_id INTEGER PRIMARY KEY REFERENCES entity (id) ON DELETE CASCADE,
    articles  INTEGER NOT NULL DEFAULT 0,
    mentions  INTEGER NOT NULL DEFAULT 0
);
CREATE TABLE saved_tally (
    saved_id INTEGER PRIMARY KEY REFERENCES saved_search (id) ON DELETE CASCADE,
    articles INTEGER NOT NULL DEFAULT 0,
    unread   INTEGER NOT NULL DEFAULT 0
);

CREATE TRIGGER feed_tallied AFTER INSERT ON feed BEGIN
    INSERT INTO feed_tally (feed_id) VALUES (new.id);
END;
CREATE TRIGGER entity_tallied AFTER INSERT ON entity BEGIN
    INSERT INTO entity_tally (entity_id) VALUES (new.id);
END;
CREATE TRIGGER saved_tallied AFTER INSERT ON saved_search BEGIN
    INSERT INTO saved_tally (saved_id) VALUES (new.id);
END;

CREATE TRIGGER article_came AFTER INSERT ON article BEGIN
    UPDATE library_tally SET
        articles = articles + (1 - new.deleted),
        unread   = unread + (1 - new.deleted) * (1 - new.read),
        starred  = starred + (1 - new.deleted) * new.starred;
END;
CREATE TRIGGER article_marked AFTER UPDATE OF read, starred, deleted ON article BEGIN
    UPDATE library_tally SET
        articles = articles + old.deleted - new.deleted,
        unread   = unread + (1 - new.deleted) * (1 - new.read) - (1 - old.deleted) * (1 - old.read),
        starred  = starred + (1 - new.deleted) * new.starred - (1 - old.deleted) * old.starred;
END;
CREATE TRIGGER article_read AFTER UPDATE OF read, deleted ON article
WHEN old.read <> new.read OR old.deleted <> new.deleted BEGIN
    UPDATE feed_tally SET
        articles = articles + old.deleted - new.deleted,
        unread   = unread + (1 - new.deleted) * (1 - new.read) - (1 - old.deleted) * (1 - old.read)
    WHERE feed_id IN (SELECT feed_id FROM membership WHERE article_id = new.id);
    UPDATE saved_tally SET
        articles = articles + old.deleted - new.deleted,
        unread   = unread + (1 - new.deleted) * (1 - new.read) - (1 - old.deleted) * (1 - old.read)
    WHERE saved_id IN (SELECT saved_id FROM hit WHERE article_id = new.id);
END;
CREATE TRIGGER article_deleted AFTER UPDATE OF deleted ON article
WHEN old.deleted <> new.deleted BEGIN
    UPDATE entity_tally SET
        articles = articles + old.deleted - new.deleted,
        mentions = mentions + (old.deleted - new.deleted) * (
            SELECT mentions FROM appearance
            WHERE article_id = new.id AND entity_id = entity_tally.entity_id)
    WHERE entity_id IN (SELECT entity_id FROM appearance WHERE article_id = new.id);
END;
CREATE TRIGGER article_moved AFTER UPDATE OF sorted_at ON article
WHEN old.sorted_at <> new.sorted_at BEGIN
    UPDATE membership SET sorted_at = new.sorted_at WHERE article_id = new.id;
    UPDATE appearance SET sorted_at = new.sorted_at WHERE article_id = new.id;
    UPDATE hit SET sorted_at = new.sorted_at WHERE article_id = new.id;
END;
-- Before, because afterwards nobody could say whether the article had been read.
CREATE TRIGGER article_goes BEFORE DELETE ON article BEGIN
    DELETE FROM membership WHERE article_id = old.id;
    DELETE FROM appearance WHERE article_id = old.id;
    DELETE FROM hit WHERE article_id = old.id;
    UPDATE library_tally SET
        articles = articles - (1 - old.deleted),
        unread   = unread - (1 - old.deleted) * (1 - old.read),
        starred  = starred - (1 - old.deleted) * old.starred;
END;

CREATE TRIGGER membership_came AFTER INSERT ON membership BEGIN
    UPDATE feed_tally SET
        articles = articles + (SELECT 1 - deleted FROM article WHERE id = new.article_id),
        unread   = unread + (SELECT (1 - deleted) * (1 - read) FROM article WHERE id = new.article_id)
    WHERE feed_id = new.feed_id;
    INSERT OR IGNORE INTO shared SELECT new.article_id FROM membership
    WHERE article_id = new.article_id AND feed_id <> new.feed_id;
END;
CREATE TRIGGER membership_goes AFTER DELETE ON membership BEGIN
    UPDATE feed_tally SET
        articles = articles - (SELECT 1 - deleted FROM article WHERE id = old.article_id),
        unread   = unread - (SELECT (1 - deleted) * (1 - read) FROM article WHERE id = old.article_id)
    WHERE feed_id = old.feed_id;
    DELETE FROM shared WHERE article_id = old.article_id
        AND (SELECT count(*) FROM membership WHERE article_id = old.article_id) < 2;
END;

CREATE TRIGGER appearance_came AFTER INSERT ON appearance BEGIN
    UPDATE entity_tally SET
        articles = articles + (SELECT 1 - deleted FROM article WHERE id = new.article_id),
        mentions = mentions + (SELECT 1 - deleted FROM article WHERE id = new.article_id) * new.mentions
    WHERE entity_id = new.entity_id;
END;
CREATE TRIGGER appearance_goes AFTER DELETE ON appearance BEGIN
    UPDATE entity_tally SET
        articles = articles - (SELECT 1 - deleted FROM article WHERE id = old.article_id),
        mentions = mentions - (SELECT 1 - deleted FROM article WHERE id = old.article_id) * old.mentions
    WHERE entity_id = old.entity_id;
END;

CREATE TRIGGER hit_came AFTER INSERT ON hit BEGIN
    UPDATE saved_tally SET
        articles = articles + (SELECT 1 - deleted FROM article WHERE id = new.article_id),
        unread   = unread + (SELECT (1 - deleted) * (1 - read) FROM article WHERE id = new.article_id)
    WHERE saved_id = new.saved_id;
END;
CREATE TRIGGER hit_goes AFTER DELETE ON hit BEGIN
    UPDATE saved_tally SET
        articles = articles - (SELECT 1 - deleted FROM article WHERE id = old.article_id),
        unread   = unread - (SELECT (1 - deleted) * (1 - read) FROM article WHERE id = old.article_id)
    WHERE saved_id = old.saved_id;
END;
