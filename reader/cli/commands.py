"""Every command of the program, by its name."""

from reader.cli import (
    alerts,
    articles,
    backtest,
    care,
    demo,
    entities,
    feeds,
    marks,
    outlets,
    percolate,
    profile,
    publish,
    saved,
    search,
    starter,
    undo,
    watchlists,
    workshop,
)
from reader.cli.command import Command

COMMANDS: dict[str, Command] = {
    command.name: command
    for module in (
        demo,
        feeds,
        articles,
        search,
        marks,
        saved,
        backtest,
        publish,
        alerts,
        percolate,
        entities,
        starter,
        undo,
        outlets,
        watchlists,
        workshop,
        profile,
        care,
    )
    for command in module.COMMANDS
}
