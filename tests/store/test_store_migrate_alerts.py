"""A library of the first version becomes one with rules, folders and an outbox; nothing is lost."""

import pytest
from store_world import leave_as_before, opened_at_once

from reader.domain.alert import AS_USUAL
from reader.domain.article import Span
from reader.domain.scope import Scope
from reader.paths import LibraryPaths
from reader.store.store import Store

FILLED = """
INSERT INTO feed (id, url, title, added) VALUES (1, 'https://a.example', 'A', 0);
INSERT INTO article (id, feed_id, title, sorted_at, first_seen, changed, content_hash, size,
    revision, read) VALUES
    (1, 1, 'Port open again', 1000, 1000, 5000, 1, 9, 3, 0),
    (2, 1, 'Strait', 2000, 2000, 6000, 2, 9, 2, 1),
    (3, 1, 'Quiet', 3000, 3000, 3000, 3, 9, 1, 0);
INSERT INTO body (article_id, text) VALUES (1, 'Third.'), (2, 'Second.'), (3, 'First.');
INSERT INTO membership (article_id, feed_id, sorted_at) VALUES
    (1, 1, 1000), (2, 1, 2000), (3, 1, 3000);
INSERT INTO revision (article_id, number, seen, url, title, author, lead, text, html) VALUES
    (1, 1, 1000, '', 'Port', '', '', 'First.', ''),
    (1, 2, 3000, '', 'Port shut', '', '', 'Second.', ''),
    (2, 1, 2000, '', 'Strait closed', '', '', 'First.', '');
INSERT INTO saved_search (id, name, query, alert, version, derived, broken) VALUES
    (4, 'port', 'port', 1, 2, 2, ''), (7, 'old', '((', 0, 1, 0, 'A bracket is open.');
INSERT INTO hit (article_id, saved_id, sorted_at, version, revision, spans) VALUES
    (1, 4, 1000, 2, 3, '[["title",0,4,"Port"]]'), (2, 7, 2000, 1, 1, '[]');
INSERT INTO alert (id, article_id, saved_id, name, spans, at, seen) VALUES
    (1, 1, 4, 'port', '[["title",0,4,"Port"]]', 1500, 1),
    (2, 2, 4, 'port', '[["title",7,13,"closed"]]', 2500, 0),
    (3, 2, NULL, 'removed', '[]', 7000, 0);
"""


@pytest.fixture
def first(paths: LibraryPaths) -> LibraryPaths:
    leave_as_before(paths, 1, FILLED)
    return paths


def test_searches_hits_and_counts_stay(first: LibraryPaths) -> None:
    with Store.open(first) as store:
        assert store.check() == []
        port, old = store.saved.lines()
        assert (port.saved.name, port.saved.alert, port.saved.version) == ("port", True, 2)
        assert (port.total, port.unread, port.kept, port.noise) == (1, 1, 0, 0)
        assert (old.saved.broken, old.total) == ("A bracket is open.", 1)
        assert {line.saved.folder for line in (port, old)} == {""}
        assert {line.saved.rule for line in (port, old)} == {AS_USUAL}
        assert store.lists.ids(Scope(saved=4)).tolist() == [1]
        assert store.lists.hits(1) == [("port", (Span("title", 0, 4, "Port"),))]


def test_alerts_stay_and_tell_of_the_text_their_words_are_in(first: LibraryPaths) -> None:
    with Store.open(first) as store:
        alerts = {alert.id: alert for alert in store.alerts.latest(9)}
        told = {i: (a.saved_search, a.saved_id, a.version, a.revision) for i, a in alerts.items()}
        assert told == {1: ("port", 4, 2, 3), 2: ("port", 4, 1, 1), 3: ("removed", None, 1, 2)}
        assert [alerts[i].seen for i in (1, 2, 3)] == [True, False, False]
        texts = store.alerts.texts(alerts)
        for alert in alerts.values():
            for span in alert.why:
                assert texts[alert.id].get(span.field)[span.start : span.end] == span.text
        assert store.outbox.due("desktop", alerts[3].at) == [], "what has been told is not again"


def test_alerts_of_the_first_version_never_fire_again(first: LibraryPaths) -> None:
    with Store.open(first) as store:
        port = store.saved.by_name("port")
        assert port is not None
        now = store.alerts.latest(1)[0].at
        assert [store.alerts.fire(i, port, "[]", now) > 0 for i in (1, 2, 3)] == [
            False,
            False,
            True,
        ]


def test_opened_by_many_at_once_it_is_brought_up_to_date_once(first: LibraryPaths) -> None:
    assert opened_at_once(first, 4) == []
    with Store.open(first) as store:
        assert store.check() == []
        assert len(store.alerts.latest(9)) == 3
