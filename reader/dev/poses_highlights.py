"""Mentions in the gallery: the ways to highlight them, the card beside one, and the choice."""

from reader.dev.camera import QUIET, Camera, article
from reader.dev.driver import Steps
from reader.gui.main_window import MainWindow
from reader.gui.models.highlights import STYLES


def highlights(window: MainWindow, camera: Camera) -> Steps:
    """Begins and ends with everything highlighted, in an English article."""
    yield from article(window, "en")
    for style in STYLES:
        window.actions_[f"highlight_{style}"].trigger()
        yield QUIET
        camera.take(window, f"highlights-{style}")
    window.actions_["highlight_both"].trigger()
    window.actions_["highlight_place"].trigger()
    window.actions_["choose_highlights"].trigger()
    yield QUIET
    menu = window.highlighting.menu
    assert menu is not None  # noqa: S101 - it was just opened
    camera.take(window, "highlights-choice", over=(menu, window.mapFromGlobal(menu.pos())))
    menu.close()
    window.actions_["highlight_everything"].trigger()
    yield from _cards(window, camera)


def _cards(window: MainWindow, camera: Camera) -> Steps:
    for language in ("en", "ar", "ru"):
        yield from article(window, language)
        window.actions_["mention_card"].trigger()
        yield QUIET
        camera.take(window, f"mention-card-{language}")
        window.cards.card.close_card()
    window.actions_["previous_mention"].trigger()
    window.actions_["mention_card"].trigger()
    yield QUIET
    camera.take(window, "mention-card-last")
    window.cards.card.close_card()
    window.view.page.verticalScrollBar().setValue(0)
