-- What a receiver will not take, however often it is sent, is set aside under the name it was sent
-- with, so that what comes after it is delivered; it waits until a person says what is to become
-- of it.

ALTER TABLE outbox ADD COLUMN refused TEXT;     -- why; NULL: it is sent as soon as that can be done
CREATE INDEX outbox_begun ON outbox (channel, id) WHERE batch IS NOT NULL AND refused IS NULL;
CREATE INDEX outbox_refused ON outbox (channel, id) WHERE refused IS NOT NULL;

-- A failure that is final only when it repeats itself, and how often it has, in a row.
ALTER TABLE channel ADD COLUMN sign TEXT NOT NULL DEFAULT '';
ALTER TABLE channel ADD COLUMN repeated INTEGER NOT NULL DEFAULT 0;
