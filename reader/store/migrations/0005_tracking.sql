-- What an alias asks for beside its letters, and what a person said of single mentions.

ALTER TABLE entity ADD COLUMN language TEXT NOT NULL DEFAULT '';
ALTER TABLE entity ADD COLUMN plural INTEGER NOT NULL DEFAULT 0;
ALTER TABLE entity ADD COLUMN rules TEXT NOT NULL DEFAULT '[]';
ALTER TABLE alias ADD COLUMN language TEXT NOT NULL DEFAULT '';
ALTER TABLE alias ADD COLUMN plural INTEGER NOT NULL DEFAULT 0;
ALTER TABLE alias ADD COLUMN rules TEXT NOT NULL DEFAULT '[]';  -- JSON: [{kind, words, within}, …]

CREATE TABLE verdict (           -- sticks whenever the article is scanned again
    article_id INTEGER NOT NULL REFERENCES article (id) ON DELETE CASCADE,
    entity_id  INTEGER NOT NULL REFERENCES entity (id) ON DELETE CASCADE,
    spelling   TEXT NOT NULL,                   -- the name or alias, as it is written there
    confirmed  INTEGER NOT NULL,                -- 0: rejected, no mention in this article
    PRIMARY KEY (article_id, entity_id, spelling)
) WITHOUT ROWID;
CREATE INDEX verdict_entity ON verdict (entity_id);
