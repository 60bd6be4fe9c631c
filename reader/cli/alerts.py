"""Commands about what saved searches fired: reading, judging, delivering it."""

import argparse
import sys
from collections.abc import Sequence
from dataclasses import asdict
from datetime import datetime
from functools import partial
from typing import Any

from reader.cli.arguments import add_limit, amount
from reader.cli.command import DONE, FAILED, Command, Context, iso, table
from reader.domain.alert import CHANNELS, Alert, ChannelState
from reader.domain.plain import more_places, span_values
from reader.errors import NotFoundError, UsageError
from reader.workers.messages import DeliverNow, TryChannel

NONE_YET = (
    "No alert has fired yet: one does when a new article matches a search that was saved with "
    "--alert."
)


def _alerts_arguments(parser: argparse.ArgumentParser) -> None:
    add_limit(parser, 1000)
    parser.add_argument("--unseen", action="store_true", help="only what nobody has looked at")
    parser.add_argument("--search", metavar="NAME", help="only what this saved search fired")


def _alerts(context: Context, arguments: argparse.Namespace) -> int:
    alerts = _with_context(context, _found(context, arguments))
    if arguments.limit and not alerts:
        context.tell(_nothing(arguments))
    elif len(alerts) == arguments.limit:
        context.tell(f"These are the latest {len(alerts)}; --limit N shows more.")
    lines = context.core.store.lists.lines([alert.article_id for alert in alerts])
    urls = {line.id: line.url for line in lines}
    rows = [_row(alert, urls.get(alert.article_id, "")) for alert in alerts]
    context.emit(rows, (text for alert in alerts for text in _spoken(alert)))
    return DONE


def _found(context: Context, arguments: argparse.Namespace) -> list[Alert]:
    """Of a search that is gone, too, by the name it had. NotFoundError when there never was one."""
    alerts, name = context.core.store.alerts, arguments.search
    latest = partial(alerts.latest, arguments.limit, unseen=arguments.unseen)
    if name is None:
        return latest()
    saved = context.core.store.saved.by_name(name)
    if saved is not None:
        return latest(saved=saved.id)
    if not name or not alerts.latest(1, gone=name):
        raise NotFoundError(f"There is no saved search named “{name}”, and none has fired.")
    return latest(gone=name)


def _with_context(context: Context, alerts: Sequence[Alert]) -> list[Alert]:
    from reader.services.passages import with_context

    return with_context(context.core.store.alerts, alerts)


def _nothing(arguments: argparse.Namespace) -> str:
    if arguments.unseen:
        return "There is no alert that nobody has looked at."
    return "It has not fired yet." if arguments.search is not None else NONE_YET


def _row(alert: Alert, url: str) -> dict[str, Any]:
    return {
        "article_id": alert.article_id,
        "title": alert.title,
        "saved_search": alert.saved_search,
        "why": [span_values(one) for one in alert.why],
        "more": alert.more,
        "at": iso(alert.at),
        "id": alert.id,
        "source": alert.source,
        "url": url,
        "context": [asdict(one) for one in alert.context],
        "priority": alert.priority,
        "version": alert.version,
        "revision": alert.revision,
        "kept": alert.kept,
        "seen": alert.seen,
    }


def _spoken(alert: Alert) -> list[str]:
    words = ", ".join(dict.fromkeys(one.text for one in alert.why))
    words += f" and {more_places(alert.more)}" if alert.more else ""
    when = f"{alert.at.astimezone():%Y-%m-%d %H:%M}"
    judged = {True: " (kept)", False: " (noise)", None: ""}[alert.kept]
    return [
        f"{alert.id:>6}  {when}  {alert.saved_search}: {alert.title}{judged}",
        *([f"        {words}"] if words else []),
    ]


# -- judging


def _ids_argument(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("ids", nargs="+", metavar="ID", type=amount, help="the number of an alert")


def _keep(context: Context, arguments: argparse.Namespace) -> int:
    return _judge(context, arguments.ids, kept=True)


def _noise(context: Context, arguments: argparse.Namespace) -> int:
    return _judge(context, arguments.ids, kept=False)


def _judge(context: Context, ids: Sequence[int], *, kept: bool) -> int:
    """All of them, or none when one of the numbers is no alert of a search there is."""
    alerts = {alert.id: alert for alert in context.core.store.alerts.get(ids)}
    for one in ids:
        if one not in alerts:
            raise NotFoundError(f"There is no alert {one}; nothing was changed.")
        if alerts[one].saved_id is None:
            raise NotFoundError(
                f"The saved search of alert {one} is gone, so that it cannot be judged; nothing "
                "was changed."
            )
    names = {saved.id: saved.name for saved in context.core.store.saved.all()}
    hits: dict[str, list[int]] = {}
    for alert in alerts.values():
        hits.setdefault(names[alert.saved_id or 0], []).append(alert.article_id)
    before = {one.id: one.kept for one in alerts.values()}
    context.core.library.judge_for(hits, kept)
    changed = sum(said is not kept for said in before.values())
    context.emit({"changed": changed}, [f"{changed} of {len(alerts)} changed."])
    return DONE


def _seen(context: Context, _arguments: argparse.Namespace) -> int:
    new = context.core.store.alerts.unseen()
    context.core.library.alerts_seen()
    context.emit({"seen": new}, [f"{new} alert{'s' * (new != 1)} had not been looked at."])
    return DONE


# -- channels


def _channels(context: Context, _arguments: argparse.Namespace) -> int:
    states = context.core.library.channels()
    due = [context.core.store.outbox.next_due(state.name) for state in states]
    head = ("channel", "configured", "waiting", "refused", "next_due", "last_sent", "error")
    cells = [
        [s.name, "yes" if s.configured else "no", s.waiting, s.refused, iso(at), iso(s.last_sent),
         s.error or s.refusal]
        for s, at in zip(states, due, strict=True)
    ]  # fmt: skip
    for state in states:
        if state.refused:
            context.tell(_set_aside(state))
    context.emit(list(map(_channel_row, states, due)), table(cells, head))
    return DONE


def _set_aside(state: ChannelState) -> str:
    many = "1 alert was" if state.refused == 1 else f"{state.refused} alerts were"
    return (
        f"{state.name}: {many} refused: {state.refusal} Send again with media-reader alerts retry "
        f"{state.name}, or drop with media-reader alerts drop {state.name}."
    )


def _retry(context: Context, arguments: argparse.Namespace) -> int:
    """Also tries the other channels, as `alerts deliver` does."""
    context.core.library.retry_refused(arguments.channel)
    return _deliver(context, arguments)


def _drop(context: Context, arguments: argparse.Namespace) -> int:
    states = {state.name: state.refused for state in context.core.library.channels()}
    dropped = states[arguments.channel]
    context.core.library.drop_refused(arguments.channel)
    context.emit({"dropped": dropped}, [f"{dropped} dropped; they stay among the alerts."])
    return DONE


def _channel_row(state: ChannelState, due: datetime | None) -> dict[str, Any]:
    return {
        "channel": state.name,
        "configured": state.configured,
        "waiting": state.waiting,
        "next_due": iso(due),
        "failures": state.failures,
        "error": state.error or None,
        "next_try": iso(state.next_try),
        "last_sent": iso(state.last_sent),
        "refused": state.refused,
        "refusal": state.refusal or None,
    }


def _channel_argument(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("channel", metavar="CHANNEL", choices=CHANNELS, help=", ".join(CHANNELS))


def _test(context: Context, arguments: argparse.Namespace) -> int:
    context.ask(TryChannel(arguments.channel))
    context.emit(
        {"channel": arguments.channel, "sent": True},
        [f"A test message was sent by {arguments.channel}: see whether it has arrived."],
    )
    return DONE


def _deliver(context: Context, _arguments: argparse.Namespace) -> int:
    results = context.ask(DeliverNow())
    for sent in results:
        for sentence in (sent.error, sent.refusal):
            if sentence:
                context.tell(sentence)
    if not results:
        context.tell("No channel is set up: see [email], [webhook], [command] in settings.toml.")
    rows = [
        {"channel": sent.channel, "messages": sent.messages, "articles": sent.articles,
         "error": sent.error or None, "refused": sent.refused, "refusal": sent.refusal or None}
        for sent in results
    ]  # fmt: skip
    lines = (f"{one['channel']}: {one['articles']} articles sent." for one in rows)
    context.emit(rows, lines)
    return FAILED if any(sent.error or sent.refused for sent in results) else DONE


def _secret_arguments(parser: argparse.ArgumentParser) -> None:
    _channel_argument(parser)
    parser.add_argument("--forget", action="store_true", help="forget it instead")


def _secret(context: Context, arguments: argparse.Namespace) -> int:
    from reader.services.channels import secret_name
    from reader.store.secrets import Secrets

    context.core.store.totals()  # makes the library, where there is none
    name = secret_name(context.core.settings, arguments.channel)
    secrets = Secrets.open(context.core.paths.root)
    if arguments.forget:
        secrets.delete(name)
    else:
        secrets.set(name, _typed(arguments.channel))
    context.emit(
        {"channel": arguments.channel, "kept": not arguments.forget},
        ["Forgotten." if arguments.forget else "Kept. Try it: media-reader alerts test."],
    )
    return DONE


def _typed(channel: str) -> str:
    """One line of standard input; on a terminal it is not shown."""
    if sys.stdin.isatty():
        from getpass import getpass

        typed = getpass(f"Password for {channel}: ")
    else:
        typed = sys.stdin.readline().rstrip("\r\n")
    if not typed:
        raise UsageError("Give the password as one line on standard input.")
    return typed


COMMANDS = (
    Command("alerts", "what fired, and why", _alerts, _alerts_arguments),
    Command("alerts keep", "judge alerts as worth telling of", _keep, _ids_argument),
    Command("alerts noise", "judge alerts as noise", _noise, _ids_argument),
    Command("alerts seen", "count all alerts as looked at", _seen),
    Command("alerts channels", "the channels, and how delivery goes", _channels),
    Command("alerts test", "really send one message", _test, _channel_argument),
    Command("alerts deliver", "send what is due now", _deliver),
    Command("alerts retry", "send again what a channel refused", _retry, _channel_argument),
    Command("alerts drop", "give up what a channel refused", _drop, _channel_argument),
    Command("alerts secret", "keep the password of a channel", _secret, _secret_arguments),
)
