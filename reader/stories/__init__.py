"""Which articles tell the same: pure rules over texts. Knows no database and no feed."""
