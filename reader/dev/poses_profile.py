"""The page of an entity, for the gallery: as it opens, in parts, compared, and with nothing."""

from reader.dev.camera import QUIET, Camera
from reader.dev.driver import Steps
from reader.domain.entity import Entity
from reader.gui.main_window import MainWindow
from reader.gui.views.entity_page import EntityPage

_PATIENCE = 1.5


def profile(window: MainWindow, camera: Camera) -> Steps:
    desk, lines = window.entity_pages, window.places.overview.entities
    desk.open(lines[0].entity.id)
    page = desk.page
    assert page is not None  # noqa: S101 - it has just been opened
    page.resize(window.size())
    yield lambda: page.body.currentIndex() == 0
    yield _PATIENCE
    camera.take_alone(page, "page")
    yield from _parts(page, camera)
    desk.presenter.compare([line.entity for line in lines[1:5]])
    yield _PATIENCE
    page.head.unit.buttons["week"].click()
    yield _PATIENCE
    camera.take_alone(page, "page-compared")
    page.head.unit.buttons["hour"].click()
    page.head.period.buttons["7d"].click()
    yield _PATIENCE
    camera.take_alone(page, "page-hours-compared")
    page.head.compared.emit(())
    yield _PATIENCE
    camera.take_alone(page, "page-hours")
    desk.presenter.begin(Entity("Nobody", "person", id=10**9))
    page.show_entity(Entity("Nobody", "person", "people"), ())
    yield _PATIENCE
    camera.take_alone(page, "page-nothing")
    page.close()
    yield QUIET


def _parts(page: EntityPage, camera: Camera) -> Steps:
    """The figures as tables; whom it appears with, and sentences with one of them."""
    page.split.buttons["outlet"].click()
    page.parts.buttons["languages"].click()
    yield QUIET
    camera.take_alone(page, "page-parts")
    page.time_as.click()
    page.below_as.click()
    yield QUIET
    camera.take_alone(page, "page-tables")
    page.time_as.click()
    page.split.buttons["language"].click()
    page.parts.buttons["company"].click()
    page.company.chosen.emit(0)
    yield _PATIENCE
    camera.take_alone(page, "page-company")
    page.companion_chosen.emit(None)
