-- Names that discovery offered and a person does not want to be offered again.

CREATE TABLE dismissed_name (
    key  TEXT PRIMARY KEY,                      -- folded: equal for every spelling of one name
    name TEXT NOT NULL,                         -- as it was offered
    at   INTEGER NOT NULL
) WITHOUT ROWID;
