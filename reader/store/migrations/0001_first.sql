-- Times are whole milliseconds UTC. Texts that a person reads are never changed by us but for
-- whitespace at both ends. Hashes are signed 64-bit integers, so that their indexes stay small.

CREATE TABLE meta (              -- one value by name: lexicon_version, saved_version, rescan_below …
    key   TEXT PRIMARY KEY,
    value NOT NULL
) WITHOUT ROWID;

CREATE TABLE outlet (            -- who publishes; by default a feed's title or host
    id   INTEGER PRIMARY KEY,
    name TEXT NOT NULL UNIQUE COLLATE NOCASE
);

CREATE TABLE folder (
    id        INTEGER PRIMARY KEY,
    parent_id INTEGER REFERENCES folder (id) ON DELETE CASCADE,
    name      TEXT NOT NULL
);
CREATE UNIQUE INDEX folder_name ON folder (coalesce(parent_id, 0), name COLLATE NOCASE);

CREATE TABLE feed (
    id             INTEGER PRIMARY KEY,
    url            TEXT NOT NULL UNIQUE,        -- exactly as the user gave it
    fetch_url      TEXT NOT NULL DEFAULT '',    -- where permanent redirects have led, when believed
    title          TEXT NOT NULL DEFAULT '',
    own_title      TEXT NOT NULL DEFAULT '',    -- what the user calls it
    site_url       TEXT NOT NULL DEFAULT '',
    outlet_id      INTEGER REFERENCES outlet (id),
    folder_id      INTEGER REFERENCES folder (id) ON DELETE SET NULL,
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

CREATE TABLE article (
    id            INTEGER PRIMARY KEY,
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
    revision      INTEGER NOT NULL DEFAULT 1,   -- number of this text; earlier ones are in `revision`
    read          INTEGER NOT NULL DEFAULT 0,
    starred       INTEGER NOT NULL DEFAULT 0,
    deleted       INTEGER NOT NULL DEFAULT 0    -- by the user; keeps the item from coming back
);
CREATE INDEX article_all ON article (sorted_at DESC, id DESC) WHERE deleted = 0;
CREATE INDEX article_unread ON article (sorted_at DESC, id DESC) WHERE deleted = 0 AND read = 0;
CREATE INDEX article_starred ON article (sorted_at DESC, id DESC) WHERE deleted = 0 AND starred = 1;
CREATE INDEX article_url ON article (url_key) WHERE url_key IS NOT NULL;
CREATE INDEX article_content ON article (content_hash);

CREATE TABLE body (              -- apart from `article`, so that lists read small pages
    article_id INTEGER PRIMARY KEY REFERENCES article (id) ON DELETE CASCADE,
    lead       TEXT NOT NULL DEFAULT '',
    text       TEXT NOT NULL DEFAULT '',
    html       TEXT NOT NULL DEFAULT ''
);

CREATE TABLE membership (        -- which feeds carried an article, under which identity
    feed_id    INTEGER NOT NULL REFERENCES feed (id) ON DELETE CASCADE,
    article_id INTEGER NOT NULL REFERENCES article (id) ON DELETE CASCADE,
    key        INTEGER NOT NULL,                -- hash of the item's identity within the feed
    sorted_at  INTEGER NOT NULL,                -- that of the article, for paging one feed
    PRIMARY KEY (feed_id, key)
) WITHOUT ROWID;
CREATE INDEX membership_page ON membership (feed_id, sorted_at DESC, article_id DESC);
CREATE INDEX membership_article ON membership (article_id);

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
    name TEXT NOT NULL UNIQUE COLLATE NOCASE
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
    name TEXT NOT NULL UNIQUE COLLATE NOCASE
);
CREATE TABLE entity (
    id           INTEGER PRIMARY KEY,
    watchlist_id INTEGER NOT NULL REFERENCES watchlist (id) ON DELETE CASCADE,
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

CREATE TABLE mention (
    article_id INTEGER NOT NULL REFERENCES article (id) ON DELETE CASCADE,
    entity_id  INTEGER NOT NULL REFERENCES entity (id) ON DELETE CASCADE,
    field      INTEGER NOT NULL,                -- 0 title, 1 lead, 2 body
    "start"    INTEGER NOT NULL,
    "end"      INTEGER NOT NULL,
    alias      TEXT NOT NULL,
    shown      INTEGER NOT NULL,                -- 0: inside a longer mention, counted but not painted
    PRIMARY KEY (article_id, field, "start", "end", entity_id)
) WITHOUT ROWID;
CREATE INDEX mention_entity ON mention (entity_id, article_id);

CREATE TABLE saved_search (
    id       INTEGER PRIMARY KEY,
    name     TEXT NOT NULL UNIQUE,
    query    TEXT NOT NULL,
    alert    INTEGER NOT NULL DEFAULT 0,
    version  INTEGER NOT NULL DEFAULT 1,        -- raised whenever the query changes
    derived  INTEGER NOT NULL DEFAULT 0,        -- the version its hits were derived with
    broken   TEXT NOT NULL DEFAULT '',          -- why the query cannot be run
    position INTEGER NOT NULL DEFAULT 0
);
CREATE TABLE hit (               -- article × saved search
    saved_id   INTEGER NOT NULL REFERENCES saved_search (id) ON DELETE CASCADE,
    article_id INTEGER NOT NULL REFERENCES article (id) ON DELETE CASCADE,
    version    INTEGER NOT NULL,
    revision   INTEGER NOT NULL,
    spans      TEXT NOT NULL DEFAULT '[]',      -- JSON: [[field, start, end, text], …]
    at         INTEGER NOT NULL,
    PRIMARY KEY (saved_id, article_id)
) WITHOUT ROWID;
CREATE INDEX hit_article ON hit (article_id);

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

CREATE TABLE index_queue (       -- articles whose index entry is out of date
    article_id INTEGER PRIMARY KEY,
    queued     INTEGER NOT NULL
);

CREATE TABLE journal (           -- every change the user made, with what it takes to undo it
    id     INTEGER PRIMARY KEY,
    at     INTEGER NOT NULL,
    what   TEXT NOT NULL,                       -- "read", "star", "tag", "note", "feed", …
    before TEXT NOT NULL,                       -- JSON
    after  TEXT NOT NULL,                       -- JSON
    undone INTEGER NOT NULL DEFAULT 0
);
