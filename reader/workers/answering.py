"""What a process says to the one who asked it: an answer, or why there is none."""

import logging
from collections.abc import Callable
from typing import TYPE_CHECKING

from reader.errors import ReaderError
from reader.workers.messages import Answer, Ask, Refusal

if TYPE_CHECKING:
    from multiprocessing.connection import Connection

logger = logging.getLogger(__name__)


class Left(Exception):  # noqa: N818 - no error: nobody waits for the answer, or it is begun again
    pass


def reply(connection: "Connection", ask: Ask, answer: Callable[[object], object], bug: str) -> None:
    """Sends what `answer` makes of the request, or why it cannot; `bug` when that is no fault of
    the one who asked. Nothing when it was left; EOFError and OSError: the other end is gone."""
    try:
        connection.send(Answer(ask.number, answer(ask.request)))
    except Left:
        logger.debug("Left %r.", ask.request)
    except ReaderError as problem:
        connection.send(Refusal(ask.number, problem))
    except (EOFError, OSError):
        raise
    except Exception:
        logger.exception("A bug while answering %r.", ask.request)
        connection.send(Refusal(ask.number, ReaderError(bug)))
