"""Commands about what saved searches fired."""

import argparse

from reader.cli.arguments import limit
from reader.cli.articles import span
from reader.cli.command import DONE, Command, Context, iso
from reader.domain.alert import Alert


def _alerts_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--limit", type=limit, default=1000, metavar="N")


def _alerts(context: Context, arguments: argparse.Namespace) -> int:
    alerts = context.core.library.alerts(arguments.limit)
    if arguments.limit and not alerts:
        context.tell(
            "No alert has fired yet: one does when a new article matches a search that was saved "
            "with --alert."
        )
    elif len(alerts) == arguments.limit:
        context.tell(f"These are the latest {len(alerts)}; --limit N shows more.")
    rows = [
        {
            "article_id": alert.article_id,
            "title": alert.title,
            "saved_search": alert.saved_search,
            "why": [span(one) for one in alert.why],
            "at": iso(alert.at),
        }
        for alert in alerts
    ]
    context.emit(rows, (text for alert in alerts for text in _spoken(alert)))
    return DONE


def _spoken(alert: Alert) -> list[str]:
    words = ", ".join(dict.fromkeys(one.text for one in alert.why))
    when = f"{alert.at.astimezone():%Y-%m-%d %H:%M}"
    return [
        f"{alert.article_id:>6}  {when}  {alert.saved_search}: {alert.title}",
        *([f"        {words}"] if words else []),
    ]


COMMANDS = (Command("alerts", "what fired, and why", _alerts, _alerts_arguments),)
