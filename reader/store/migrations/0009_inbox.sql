-- What the inbox lists, in its order, and how each article's alerts stand: with a hundred thousand
-- of them, finding that out anew whenever the inbox is opened took half a second.

CREATE TABLE inbox (             -- an article that fired; kept by the triggers below
    article_id INTEGER PRIMARY KEY REFERENCES article (id) ON DELETE CASCADE,
    at         INTEGER NOT NULL,                -- of its latest alert
    last       INTEGER NOT NULL,                -- the highest number of its alerts
    open       INTEGER NOT NULL,                -- 1: one of its alerts is not judged, and can be
    kept       INTEGER NOT NULL,                -- 1: one was judged worth telling of
    noise      INTEGER NOT NULL,                -- 1: one was judged as noise
    unread     INTEGER NOT NULL,
    deleted    INTEGER NOT NULL
);
CREATE INDEX inbox_page ON inbox (deleted, at DESC, last DESC, unread, open, kept, noise);

DROP INDEX alert_saved;          -- now with all that is asked of the alerts of one search
CREATE INDEX alert_saved ON alert (saved_id, article_id, seen);

CREATE VIEW inbox_now AS         -- what `inbox` should hold
SELECT alert.article_id, max(alert.at) AS at, max(alert.id) AS last,
    max(alert.saved_id IS NOT NULL AND j.keep IS NULL) AS open,
    max(alert.saved_id IS NOT NULL AND j.keep IS 1) AS kept,
    max(alert.saved_id IS NOT NULL AND j.keep IS 0) AS noise,
    1 - a.read AS unread, a.deleted
FROM alert JOIN article AS a ON a.id = alert.article_id
LEFT JOIN judgement AS j ON j.saved_id = alert.saved_id AND j.article_id = alert.article_id
GROUP BY alert.article_id;

INSERT INTO inbox SELECT * FROM inbox_now;

CREATE TRIGGER inbox_fired AFTER INSERT ON alert BEGIN
    DELETE FROM inbox WHERE article_id = new.article_id;
    INSERT INTO inbox SELECT * FROM inbox_now WHERE article_id = new.article_id;
END;
CREATE TRIGGER inbox_forgot AFTER DELETE ON alert BEGIN
    DELETE FROM inbox WHERE article_id = old.article_id;
    INSERT INTO inbox SELECT * FROM inbox_now WHERE article_id = old.article_id;
END;
CREATE TRIGGER inbox_search_gone AFTER UPDATE OF saved_id ON alert
WHEN old.saved_id IS NOT new.saved_id BEGIN
    DELETE FROM inbox WHERE article_id = new.article_id;
    INSERT INTO inbox SELECT * FROM inbox_now WHERE article_id = new.article_id;
END;
CREATE TRIGGER inbox_judged AFTER INSERT ON judgement BEGIN
    DELETE FROM inbox WHERE article_id = new.article_id;
    INSERT INTO inbox SELECT * FROM inbox_now WHERE article_id = new.article_id;
END;
CREATE TRIGGER inbox_judged_otherwise AFTER UPDATE OF keep ON judgement BEGIN
    DELETE FROM inbox WHERE article_id = new.article_id;
    INSERT INTO inbox SELECT * FROM inbox_now WHERE article_id = new.article_id;
END;
CREATE TRIGGER inbox_not_judged AFTER DELETE ON judgement BEGIN
    DELETE FROM inbox WHERE article_id = old.article_id;
    INSERT INTO inbox SELECT * FROM inbox_now WHERE article_id = old.article_id;
END;
CREATE TRIGGER inbox_read AFTER UPDATE OF read, deleted ON article
WHEN old.read <> new.read OR old.deleted <> new.deleted BEGIN
    UPDATE inbox SET unread = 1 - new.read, deleted = new.deleted WHERE article_id = new.id;
END;
