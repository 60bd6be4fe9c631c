"""The demo's world: sample feeds written by us, served by a real HTTP server in two rounds."""

from reader.services.demo.formats import Page, render
from reader.services.demo.server import DemoFeed, DemoServer
from reader.services.demo.sources import ROUNDS, Entry, Source, saved_searches, sources, watchlist

__all__ = [
    "ROUNDS",
    "DemoFeed",
    "DemoServer",
    "Entry",
    "Page",
    "Source",
    "render",
    "saved_searches",
    "sources",
    "watchlist",
]
