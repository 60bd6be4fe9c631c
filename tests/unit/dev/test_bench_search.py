"""The benchmark of searching: its queries find what they were taken from, in every engine."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from reader.dev import bench, bench_build, bench_search, rivals
from reader.dev.asks import OWN, SHARED, Ask, Asks
from reader.dev.bench_search import Timing, side_by_side
from reader.dev.corpus import Corpus
from reader.dev.rivals import ENGINES, Engine
from reader.domain.article import SearchDocument
from reader.errors import ReaderError, UsageError

COUNT = 70
OTHERS = [engine for engine in ENGINES if not rivals.missing(engine)]


@pytest.fixture(scope="module")
def corpus() -> Corpus:
    return Corpus(COUNT)


@pytest.fixture(scope="module")
def articles(corpus: Corpus) -> list[SearchDocument]:
    return list(corpus.documents())


@pytest.fixture(scope="module")
def asks(corpus: Corpus) -> dict[str, list[Ask]]:
    chosen = Asks(corpus)
    return {name: chosen.of(name, 4) for name in SHARED}


@pytest.fixture(scope="module", params=OTHERS)
def engine(
    request: pytest.FixtureRequest,
    corpus: Corpus,
    articles: list[SearchDocument],
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[Engine]:
    """Filled, and open for reading and writing."""
    made = rivals.opened(request.param, tmp_path_factory.mktemp("engine"), corpus, write=True)
    made.add(articles[:40])
    made.add(articles[40:])
    made.tidy()
    made.commit()
    made.settle()
    made.refresh()
    yield made
    made.close()


def written(article: SearchDocument) -> str:
    texts = article.texts
    return f"{texts.title} {texts.lead} {texts.body}".lower()


@pytest.mark.parametrize("name", list(SHARED))
def test_queries_of_every_class_find_what_they_were_taken_from(
    engine: Engine, asks: dict[str, list[Ask]], articles: list[SearchDocument], name: str
) -> None:
    for ask in asks[name]:
        run = engine.prepare(ask)
        if run is None:
            assert ask.shape in ("wildcard", "fuzzy"), ask
            continue
        answer = run()
        if ask.feeds:
            assert set(answer.ids) <= {a.id for a in articles if rivals.feed_of(a) in ask.feeds}
            continue
        assert answer.total >= 1, ask
        if ask.want in ("best", "newest") and ask.shape == "all":
            found = [written(article) for article in articles if article.id in answer.ids]
            assert any(all(word in text for word in ask.words) for text in found), ask


def test_our_own_classes_find_something_too(
    corpus: Corpus, articles: list[SearchDocument], tmp_path: Path
) -> None:
    asks = Asks(corpus)
    ours = rivals.opened(rivals.OURS, tmp_path / "index", corpus, write=True)
    ours.add(articles)
    ours.commit()
    found = {name: [run().total for ask in asks.of(name, 8) if (run := ours.prepare(ask))]
             for name in OWN}  # fmt: skip
    ours.close()
    assert all(len(totals) == 8 for totals in found.values())
    for name in ("in one form only", "exact case", "regular expression", "in one sentence"):
        assert min(found[name]) >= 1, (name, found[name])
    for name in OWN:
        if name != "tracked name":  # which a small corpus seldom has beside the word
            assert sum(found[name]) >= 1, name


def test_other_engines_are_not_asked_what_only_ours_can(corpus: Corpus, tmp_path: Path) -> None:
    ask = Asks(corpus).of("exact case", 1)[0]
    for name in OTHERS:
        if name != rivals.OURS:
            engine = rivals.opened(name, tmp_path / name, corpus, write=True)
            assert engine.prepare(ask) is None
            engine.close()


def test_newest_first_is_newest_first(
    engine: Engine, asks: dict[str, list[Ask]], articles: list[SearchDocument]
) -> None:
    run = engine.prepare(asks["common word, newest first"][0])
    assert run is not None
    ids = run().ids
    numbers = {a.id: i for i, a in enumerate(sorted(articles, key=rivals.moment_of))}
    assert [numbers[i] for i in ids] == sorted((numbers[i] for i in ids), reverse=True)


def test_facets_count_every_hit_once(
    engine: Engine, asks: dict[str, list[Ask]], articles: list[SearchDocument]
) -> None:
    ask = asks["facets by feed and day"][0]
    facets, count = engine.prepare(ask), engine.prepare(Ask(ask.typed, "all", ask.words, "count"))
    assert facets is not None
    assert count is not None
    assert facets().total == count().total >= 1


def test_passages_are_made_for_the_hits(
    engine: Engine, asks: dict[str, list[Ask]], articles: list[SearchDocument]
) -> None:
    ask = asks["AND of 2 + 50 passages"][0]
    run = engine.prepare(ask)
    assert run is not None
    hits = [article for article in articles if article.id in run().ids]
    assert hits
    assert engine.passages(ask, hits)() == len(hits)


def test_a_reader_sees_what_was_committed(
    corpus: Corpus, articles: list[SearchDocument], tmp_path: Path
) -> None:
    for name in OTHERS:
        writer = rivals.opened(name, tmp_path / name, corpus, write=True)
        writer.add(articles[:5])
        writer.commit()
        reader = rivals.opened(name, tmp_path / name, corpus, write=False)
        added, seen = bench_build._lot(writer, reader, corpus, 0)
        reader.close()
        writer.close()
        assert added > 0 < seen


def test_no_word_warms_a_cache_for_another_class(corpus: Corpus) -> None:
    asks = Asks(corpus)
    words = [asks.common() for _ in range(40)]
    assert len(set(words)) == 40


def test_the_same_seed_draws_the_same_queries(corpus: Corpus) -> None:
    first, again = Asks(corpus, 3), Asks(corpus, 3)
    assert [first.of(name, 3) for name in SHARED] == [again.of(name, 3) for name in SHARED]


def test_an_index_is_built_once_and_asked_again(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    words = ["search", "--articles", "250", "--engines", "fts5", "--classes", "rare,phrase"]
    assert bench.main([*words, "--keep", str(tmp_path), "--json", str(tmp_path / "o.json")]) == 0
    told = capsys.readouterr().out
    assert "indexing: SQLite FTS5" in told
    assert "| phrase |" in told
    assert '"p95"' in (tmp_path / "o.json").read_text()
    before = (tmp_path / "fts5.json").read_text()
    known = bench_build.built("fts5", tmp_path, 250, 1)
    assert known.articles == 250
    assert known.size > 100_000
    assert len(known.added) == len(known.seen) == 5
    assert (tmp_path / "fts5.json").read_text() == before
    with pytest.raises(ReaderError, match="holds an index of 250 other articles"):
        bench_build.built("fts5", tmp_path, 251, 1)


def test_a_build_that_was_interrupted_is_not_taken_for_whole(tmp_path: Path) -> None:
    (tmp_path / "fts5").mkdir()
    with pytest.raises(ReaderError, match="left unfinished"):
        bench_build.built("fts5", tmp_path, 250, 1)


def test_a_rival_that_is_not_installed_is_left_out_with_a_sentence(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("importlib.util.find_spec", lambda name: None)
    assert bench_search._engines("tantivy,fts5", 100) == ["fts5"]
    assert "tantivy is not installed" in capsys.readouterr().err


def test_beyond_a_quarter_of_a_million_only_the_quick_ones_take_part() -> None:
    assert bench_search._engines("", 100) == OTHERS
    assert set(bench_search._engines("", 1_000_000)) <= {"ours", "tantivy"}


def test_names_may_be_cut_short_and_unknown_ones_are_refused() -> None:
    assert bench_search._chosen("rare, OR", tuple(SHARED), "class") == ["rare word", "OR of 5"]
    with pytest.raises(UsageError, match="no class rarer: rare word, common"):
        bench_search._chosen("rarer", tuple(SHARED), "class")


def test_classes_stand_side_by_side_with_how_ours_compares() -> None:
    ours = Timing("search", "x", 2.0, "ms (p50)", asked="phrase", engine="ours", p95=3.0)
    other = Timing("search", "x", 1.0, "ms (p50)", asked="phrase", engine="fts5", p95=6.0)
    alone = Timing("search", "x", 5.0, "ms (p50)", asked="unread", engine="ours", p95=6.0)
    rows = side_by_side([ours, other, alone]).splitlines()
    assert rows[0].endswith("| Media Reader | SQLite FTS5 | ours ÷ SQLite FTS5 |")
    assert rows[2] == "| phrase | 2.00 / 3.00 | 1.00 / 6.00 | 2.00 / 0.50 |"
    assert rows[3] == "| unread | 5.00 / 6.00 | – | – |"
