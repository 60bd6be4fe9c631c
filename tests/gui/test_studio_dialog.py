"""The studio's fields: what they say, what they refuse, and that the keyboard suffices."""

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from gui_world import Library, line
from PySide6.QtCore import QPoint, QPointF, QRectF, Qt
from PySide6.QtGui import QGuiApplication, QKeySequence, QWheelEvent
from PySide6.QtWidgets import QAbstractButton, QLabel, QWidget
from pytestqt.qtbot import QtBot

from reader.domain.alert import CHANNELS, PRIORITIES, WHEN, AlertRule, Backtest, ChannelState
from reader.domain.rules import checked
from reader.domain.search import SavedSearch
from reader.gui.models.days import Bar
from reader.gui.models.samples import SampleModel
from reader.gui.models.trial import Trial
from reader.gui.theme import DARK
from reader.gui.views.dialogs.studio import Studio
from reader.gui.views.dialogs.studio_chart import HitChart
from reader.gui.views.dialogs.studio_samples import SampleList, button
from reader.gui.views.rule_form import OFF, RuleForm, length

DAY = date(2026, 11, 22)
TRIED = Backtest(
    "haftar", 40, ((DAY - timedelta(days=1), 30), (DAY, 10)), 40.0, (1000, 999, 998),
    measured=30, expected_alerts=35.0, slow=("a* takes long.",),
)  # fmt: skip
RULE = AlertRule(
    "weekly", ("email", "command"), "23:30-06:15", 45, "high", sound=True, max_age_hours=5,
    each_outlet=True,
)  # fmt: skip


@pytest.fixture
def model() -> SampleModel:
    made = SampleModel()
    made.show_samples((1000, 999, 998))
    made.set_page(made.generation, 0, [line(1000), line(999), line(998)])
    return made


@pytest.fixture
def studio(qtbot: QtBot, styled: object, model: SampleModel) -> Iterator[Callable[..., Studio]]:
    made: list[Studio] = []

    def open_it(search: SavedSearch | None = None, **values: object) -> Studio:
        dialog = Studio(None, search or SavedSearch(0, "", ""), model=model, **values)  # type: ignore[arg-type]
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)
        made.append(dialog)
        qtbot.addWidget(dialog)
        with qtbot.waitExposed(dialog):
            dialog.open()
        return dialog

    yield open_it
    for dialog in made:
        dialog.done(0)


# the rule


@pytest.mark.parametrize("rule", [RULE, AlertRule(), AlertRule(quiet="none", channels=())])
@pytest.mark.parametrize("alert", [True, False])
def test_a_rule_that_nobody_touched_comes_back_as_it_was(
    shown: Callable[..., QWidget], rule: AlertRule, alert: bool
) -> None:
    form = shown(RuleForm(alert, rule))
    assert isinstance(form, RuleForm)
    assert (form.alert, form.rule()) == (alert, rule)


def test_every_part_of_the_rule_can_be_chosen(shown: Callable[..., QWidget]) -> None:
    form = shown(RuleForm(False, AlertRule()))
    assert isinstance(form, RuleForm)
    values = [form.when.itemData(n) for n in range(form.when.count())]
    assert values == [OFF, *WHEN]
    assert [form.priority.itemData(n) for n in range(form.priority.count())] == list(PRIORITIES)
    form.when.setCurrentIndex(form.when.findData("hourly"))
    form.channels["desktop"].click()
    form.channels["webhook"].click()
    form.quiet.setCurrentIndex(form.quiet.findData("own"))
    form.hours.setText(" 21:00 – 6:30 ".replace(" 6", " 06"))
    form.cooldown.setCurrentIndex(form.cooldown.findData(180))
    form.max_age.setCurrentIndex(form.max_age.findData(168))
    form.priority.setCurrentIndex(0)
    form.sound.click()
    form.each_outlet.click()
    assert form.alert
    assert checked(form.rule()) == AlertRule(
        "hourly", ("webhook",), "21:00-06:30", 180, "low", sound=True, max_age_hours=168,
        each_outlet=True,
    )  # fmt: skip


def test_while_the_alert_is_off_its_rule_waits(shown: Callable[..., QWidget]) -> None:
    form = shown(RuleForm(True, RULE))
    assert isinstance(form, RuleForm)
    assert form.hours.isEnabled()
    form.when.setCurrentIndex(0)
    assert not form.alert
    assert form.rule() == RULE
    parts = (*form.channels.values(), form.quiet, form.hours, form.cooldown, form.sound)
    assert not any(part.isEnabled() for part in parts)


def test_scrolling_over_the_form_chooses_nothing(shown: Callable[..., QWidget]) -> None:
    form = shown(RuleForm(True, AlertRule()))
    assert isinstance(form, RuleForm)
    middle = QPointF(form.when.rect().center())
    wheel = QWheelEvent(
        middle, form.when.mapToGlobal(middle), QPoint(), QPoint(0, -120),
        Qt.MouseButton.NoButton, Qt.KeyboardModifier.NoModifier, Qt.ScrollPhase.NoScrollPhase,
        False,
    )  # fmt: skip
    QGuiApplication.sendEvent(form.when, wheel)
    assert form.rule() == AlertRule()


def test_channels_say_when_they_cannot_be_relied_on(shown: Callable[..., QWidget]) -> None:
    form = shown(RuleForm(True, AlertRule(channels=("email", "webhook"))))
    assert isinstance(form, RuleForm)
    form.show_channels(
        [
            ChannelState("desktop", configured=True),
            ChannelState("email", configured=True, failures=2, error="The server said no."),
            ChannelState("webhook", configured=False),
            ChannelState("command", configured=False),
        ]
    )
    assert form.notes["desktop"].text() == ""
    assert form.notes["email"].text() == "Fails now: The server said no."
    assert form.notes["webhook"].text() == "Not set up: it needs an address"
    assert form.channels["command"].accessibleDescription() == form.notes["command"].text()
    assert not form.channels["command"].isEnabled(), "it would wait for ever"
    assert form.channels["webhook"].isEnabled(), "it can be taken away"
    form.channels["webhook"].click()
    assert not form.channels["webhook"].isEnabled()
    assert set(form.channels) == set(CHANNELS)


@pytest.mark.parametrize(
    ("minutes", "said"),
    [(1, "1 minute"), (45, "45 minutes"), (60, "1 hour"), (90, "90 minutes"), (2880, "2 days")],
)
def test_lengths_of_time_are_said_in_the_largest_whole_unit(minutes: int, said: str) -> None:
    assert length(minutes) == said


# the fields


def test_a_search_is_saved_as_the_fields_say(studio: Callable[..., Studio], qtbot: QtBot) -> None:
    old = SavedSearch(7, "Port", "haftar", True, 3, "It was broken.", "Libya", RULE)
    dialog = studio(old, folders=("Libya", "Sea"))
    assert dialog.problem.text() == "It was broken."
    dialog.query.typed.emit("haftar (")
    assert not dialog.problem.text(), "it was said of another query"
    dialog.name.setText("  Port   of Derna ")
    dialog.folder.setCurrentText("New one")
    dialog.query.set_text(" tobruk ")
    with qtbot.waitSignal(dialog.saved) as saved:
        dialog.main.click()
    assert saved.args[0] == replace(old, name="Port of Derna", query="tobruk", folder="New one")
    assert dialog.isVisible(), "until the library has taken it"


@pytest.mark.parametrize(
    ("name", "query", "words"),
    [("", "a", "Give the search a name"), ("OLD", "a", "already a search"), ("n", " ", "what to")],
)
def test_what_cannot_be_saved_is_refused_with_a_sentence(
    studio: Callable[..., Studio], qtbot: QtBot, name: str, query: str, words: str
) -> None:
    dialog = studio(SavedSearch(0, name, query), taken=["old"])
    with qtbot.assertNotEmitted(dialog.saved, wait=10):
        dialog.main.click()
    assert words in dialog.problem.text()


def test_a_new_search_is_called_after_its_query_until_it_has_a_name(
    studio: Callable[..., Studio], qtbot: QtBot
) -> None:
    dialog = studio(SavedSearch(0, "", ""))
    qtbot.keyClicks(dialog.query.field, '"air defence" (a')
    assert dialog.name.text() == "air defence a"
    qtbot.keyClicks(dialog.name, "!")
    qtbot.keyClicks(dialog.query.field, " b")
    assert dialog.name.text() == "air defence a!"


def test_a_name_that_was_given_stays_when_the_query_changes(
    studio: Callable[..., Studio], qtbot: QtBot
) -> None:
    for search in (SavedSearch(0, "Haftar", 'entity:"Khalifa"'), SavedSearch(4, "port", "port")):
        dialog = studio(search)
        qtbot.keyClicks(dialog.query.field, " b")
        assert dialog.name.text() == search.name


def test_its_own_name_is_not_taken(studio: Callable[..., Studio], qtbot: QtBot) -> None:
    dialog = studio(SavedSearch(4, "Old", "a"), taken=["Old", "Other"])
    with qtbot.waitSignal(dialog.saved):
        dialog.main.click()


def test_a_refusal_of_the_library_leaves_everything_as_it_is(
    studio: Callable[..., Studio],
) -> None:
    dialog = studio(SavedSearch(0, "n", "haftar"))
    dialog.show_error("“late” are no quiet hours.")
    assert dialog.problem.text() == "“late” are no quiet hours."
    assert dialog.search().query == "haftar"


def test_ctrl_return_saves_from_everywhere_and_return_in_the_query_tries_out(
    studio: Callable[..., Studio], qtbot: QtBot
) -> None:
    dialog = studio(SavedSearch(0, "n", "haftar"))
    dialog.query.field.setFocus()
    with qtbot.assertNotEmitted(dialog.saved), qtbot.waitSignal(dialog.query.entered):
        qtbot.keyClick(dialog.query.field, Qt.Key.Key_Return)
    parts = (dialog.name, dialog.query.field, dialog.trial.samples, dialog.trial.chart)
    for place in parts:
        with qtbot.waitSignal(dialog.saved):
            qtbot.keyClick(place, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)


def test_escape_keeps_the_query_and_leaves(studio: Callable[..., Studio], qtbot: QtBot) -> None:
    dialog = studio(SavedSearch(0, "n", "haftar"))
    dialog.query.field.setFocus()
    qtbot.keyClick(dialog.query.field, Qt.Key.Key_Escape)
    assert dialog.query.text() == "haftar"
    assert not dialog.isVisible()


def test_judgements_are_not_thrown_away_by_one_stray_key(
    studio: Callable[..., Studio], qtbot: QtBot
) -> None:
    dialog = studio(SavedSearch(0, "n", "haftar"))
    dialog.show_judged(3, 1)
    qtbot.keyClick(dialog.name, Qt.Key.Key_Escape)
    assert dialog.isVisible()
    assert "4 judgements" in dialog.problem.text()
    dialog.show_judged(3, 2)
    qtbot.keyClick(dialog.name, Qt.Key.Key_Escape)
    assert dialog.isVisible(), "asked anew: more has been judged"
    qtbot.keyClick(dialog.name, Qt.Key.Key_Escape)
    assert not dialog.isVisible()


def test_no_two_fields_are_reached_by_the_same_key(studio: Callable[..., Studio]) -> None:
    dialog = studio(SavedSearch(0, "n", "haftar"))
    dialog.show_trial(Trial("haftar", "done", TRIED))
    named = [*dialog.findChildren(QLabel), *dialog.findChildren(QAbstractButton)]
    keys = [QKeySequence.mnemonic(one.text()).toString() for one in named if _told(one)]
    twice = [key for key, times in Counter(filter(None, keys)).items() if times > 1]
    assert twice == []
    assert "Alt+M" in keys


def _told(widget: QWidget) -> bool:
    plain = isinstance(widget, QLabel) and widget.textFormat() == Qt.TextFormat.PlainText
    return not plain or (isinstance(widget, QLabel) and widget.buddy() is not None)


@pytest.mark.parametrize("size", [(1244, 764), (900, 600)])
def test_it_fits_the_window_and_every_control_is_in_it(
    studio: Callable[..., Studio], size: tuple[int, int]
) -> None:
    dialog = studio(SavedSearch(0, "n", "haftar"))
    dialog.show_trial(Trial("haftar", "done", TRIED))
    dialog.resize(*size)
    QGuiApplication.processEvents()
    assert (dialog.width(), dialog.height()) == size
    for part in (dialog.name, dialog.query, dialog.trial, dialog.main, dialog.trial.samples):
        inside = QRectF(QPointF(part.mapTo(dialog, QPoint(0, 0))), part.size().toSizeF())
        assert QRectF(dialog.rect()).contains(inside)
    assert dialog.trial.samples.height() > 100


# what became of it


def test_a_trial_fills_the_figures_the_chart_and_the_remarks(
    studio: Callable[..., Studio],
) -> None:
    dialog = studio(SavedSearch(0, "n", "haftar", alert=True))
    dialog.show_trial(Trial("haftar", "done", TRIED))
    panel = dialog.trial
    assert panel.figure.text() == "About 40 hits a day"
    assert panel.basis.text().startswith("5 of them copies, which stay quiet.")
    assert panel.remarks.text() == "a* takes long."
    assert panel.flood.text().startswith("35 alerts a day are very many")
    assert panel.chart.isVisible()
    assert panel.samples.isVisible()
    assert dialog.query.info() == "40 articles"
    dialog.rule.each_outlet.click()
    assert panel.flood.text().startswith("40 alerts")
    dialog.rule.when.setCurrentIndex(0)
    assert not panel.flood.isVisible()


def test_judgements_made_before_are_told_when_a_search_is_edited(
    studio: Callable[..., Studio],
) -> None:
    dialog = studio(SavedSearch(4, "n", "haftar"))
    dialog.trial.set_search("n", 12, 3)
    dialog.show_trial(Trial("haftar", "done", TRIED))
    assert "In the inbox: 12 of 15 kept" in dialog.trial.remarks.text()


@pytest.mark.parametrize(
    ("trial", "title", "sentence"),
    [
        (Trial(), "Nothing to try out yet", "Write what to search for."),
        (Trial("a", "trying"), "Trying it out…", "Every article"),
        (Trial("a", "trying", None, "Still at it."), "Trying it out…", "Still at it."),
        (Trial("a", "refused", None, "Close it.", 1), "This cannot be searched for", "Close it."),
        (Trial("a", "failed", None, "It stopped."), "It could not be tried out", "It stopped."),
        (Trial("a", "done", Backtest("a", 0)), "No articles yet", "The library is empty"),
        (Trial("a", "done", Backtest("a", 0, measured=3)), "No hits so far", "Nothing in the"),
    ],
)
def test_every_state_without_samples_says_why(
    studio: Callable[..., Studio], trial: Trial, title: str, sentence: str
) -> None:
    dialog = studio(SavedSearch(0, "n", "a"))
    dialog.show_trial(Trial("haftar", "done", TRIED))
    dialog.show_trial(trial)
    panel = dialog.trial
    assert panel.empty.isVisible()
    assert panel.empty.title() == title
    assert panel.empty.sentence().startswith(sentence)
    assert panel.again.isVisible() is (trial.state == "failed")
    assert not panel.chart.isVisible()


def test_what_was_meant_is_a_button_away(studio: Callable[..., Studio], qtbot: QtBot) -> None:
    dialog = studio(SavedSearch(0, "n", "haftr"))
    dialog.show_trial(Trial("haftr", "done", Backtest("haftr", 0, measured=3)))
    dialog.trial.show_meant(("haftar", "a & b " * 30))
    assert dialog.trial.empty.title() == "No hits so far"
    assert dialog.trial.empty.sentence().endswith("Did you mean:")
    first, second = dialog.trial.empty.buttons()
    assert len(second.text()) < 100
    with qtbot.waitSignal(dialog.trial.meant) as meant:
        first.click()
    assert meant.args == ["haftar"]
    dialog.show_trial(Trial("haftar", "done", TRIED))
    dialog.show_trial(Trial("x", "done", Backtest("x", 0, measured=3)))
    assert dialog.trial.empty.buttons() == []


def test_while_newer_figures_are_on_their_way_the_former_stay(
    studio: Callable[..., Studio],
) -> None:
    dialog = studio(SavedSearch(0, "n", "haftar"))
    dialog.show_trial(Trial("haftar", "done", TRIED))
    dialog.show_trial(Trial("haftar x", "trying", TRIED))
    assert dialog.trial.samples.isVisible()
    assert dialog.trial.figure.text() == "About 40 hits a day"
    assert dialog.trial.basis.text() == "Trying it out…"


def test_where_a_query_went_wrong_is_marked(studio: Callable[..., Studio]) -> None:
    dialog = studio(SavedSearch(0, "n", 'title:"x'))
    dialog.show_trial(Trial('title:"x', "refused", None, "Close it.", 6))
    assert dialog.query.hint.marked() == ("title:", '"', "x")
    assert dialog.query.hint.sentence == "Close it."


# samples


@pytest.fixture
def samples(shown: Callable[..., QWidget], model: SampleModel) -> SampleList:
    made = shown(SampleList(model), 800, 400)
    assert isinstance(made, SampleList)
    made.judged.connect(model.judge)
    return made


def test_one_key_judges_and_goes_on(samples: SampleList, model: SampleModel, qtbot: QtBot) -> None:
    for key in (Qt.Key.Key_K, Qt.Key.Key_N, Qt.Key.Key_K):
        qtbot.keyClick(samples, key)
    assert model.verdicts() == {1000: True, 999: False, 998: True}
    assert samples.current() == 998, "the last one stays chosen"
    qtbot.keyClick(samples, Qt.Key.Key_K)
    assert model.verdicts() == {1000: True, 999: False}, "the same key again takes it back"
    qtbot.keyClick(samples, Qt.Key.Key_Up)
    qtbot.keyClick(samples, Qt.Key.Key_Delete)
    assert (samples.current(), model.verdicts()) == (999, {1000: True})


def test_return_and_a_double_click_open_a_sample(samples: SampleList, qtbot: QtBot) -> None:
    with qtbot.waitSignal(samples.opened) as opened:
        qtbot.keyClick(samples, Qt.Key.Key_Return)
    assert opened.args == [1000]
    row = samples.visualRect(samples.samples.index(1, 0))
    with qtbot.waitSignal(samples.opened) as opened:
        qtbot.mouseDClick(
            samples.viewport(), Qt.MouseButton.LeftButton, pos=row.topLeft() + QPoint(60, 40)
        )
    assert opened.args == [999]


def test_the_buttons_of_a_row_judge_that_row(
    samples: SampleList, model: SampleModel, qtbot: QtBot
) -> None:
    row = QRectF(samples.visualRect(model.index(2, 0)))
    for kept, verdicts in ((False, {998: False}), (True, {998: True}), (True, {})):
        place = button(row, kept=kept).center().toPoint()
        qtbot.mouseClick(samples.viewport(), Qt.MouseButton.LeftButton, pos=place)
        assert model.verdicts() == verdicts


def test_a_sample_says_what_was_said_of_it(samples: SampleList, model: SampleModel) -> None:
    model.judge(999, False)
    told = model.index(1, 0).data(Qt.ItemDataRole.AccessibleTextRole)
    assert told.startswith("Noise. ")


def test_samples_in_every_script_are_drawn_within_their_rows(
    samples: SampleList, library: Library
) -> None:
    """The buttons stay at the right, whichever way a row is read."""
    samples.set_theme(DARK)
    model = samples.samples
    now = datetime.now(UTC)
    rows = [replace(line(n), published=now) for n in range(900, 906)]
    model.show_samples([row.id for row in rows])
    model.set_page(model.generation, 0, rows)
    model.judge(902, True)
    picture = samples.grab().toImage()
    assert not picture.isNull()
    ground = DARK.ok.rgb()
    row = samples.visualRect(model.index(2, 0))
    box = button(QRectF(row), kept=True).toRect()
    edge = {
        picture.pixelColor(x, box.center().y()).rgb() for x in range(box.left(), box.left() + 3)
    }
    assert ground in edge


# the chart


def test_the_chart_is_walked_with_the_arrows_and_copied_as_a_table(
    shown: Callable[..., QWidget], qtbot: QtBot
) -> None:
    chart = shown(HitChart(), 300, 110)
    assert isinstance(chart, HitChart)
    days = [DAY - timedelta(days=n) for n in (2, 1, 0)]
    chart.show_bars([Bar(day, day, count) for day, count in zip(days, (1, 0, 7), strict=True)])
    assert chart.accessibleName() == "Hits per day"
    assert chart.accessibleDescription() == "8 hits. 20 Nov 2026: 1 hit; 22 Nov 2026: 7 hits"
    chart.setFocus()
    qtbot.keyClick(chart, Qt.Key.Key_Left)
    assert chart.accessibleDescription() == "22 Nov 2026: 7 hits"
    for key in (Qt.Key.Key_Left, Qt.Key.Key_Left, Qt.Key.Key_Left):
        qtbot.keyClick(chart, key)
    assert chart.chosen() == Bar(days[0], days[0], 1)
    qtbot.keyClick(chart, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    wanted = "date\tarticles\n2026-11-20\t1\n2026-11-21\t0\n2026-11-22\t7"
    assert QGuiApplication.clipboard().text() == wanted
    assert [action.text() for action in chart.menu().actions()] == ["Copy as table"]
    chart.show_bars(())
    assert chart.accessibleDescription() == "Nothing to show"
