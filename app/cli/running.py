"""Runs the server in this process, or in several below it, until it is told to end.

Then nothing new is let in, and what has begun is answered. What takes longer than
`timeout_graceful_shutdown` is cut off: a write that is cut off leaves nothing, or all
of it if its thread is done soon after.
"""

import os
import signal
from threading import Timer

from uvicorn import Config, Server
from uvicorn.supervisors.multiprocess import Multiprocess

_THREAD_SECONDS = 2.0
"""How much longer than its request a thread may take."""


def run_server(config: Config) -> None:
    """Serve until a signal ends it; that of an operator is no failure."""
    signal.signal(signal.SIGTERM, _end)
    try:
        if config.workers > 1:
            _Workers(config, [config.bind_socket()]).run()
        else:
            Server(config).run()
    except KeyboardInterrupt:
        """Somebody at a terminal has had enough."""
    finally:
        _end_threads()


class _Workers(Multiprocess):
    """Processes that answer at the same port, and one that looks after them."""

    def terminate_all(self) -> None:
        # As long as it is open here, too, the system lets in whom nobody will answer.
        for one in self.sockets:
            one.close()
        super().terminate_all()


def _end(_signal: int, _frame: object) -> None:
    """End this process; the server raises the signal again when it has stopped."""
    raise SystemExit(0)


def _end_threads() -> None:
    """End this process soon, though a thread may wait for a database for ever."""
    last = Timer(_THREAD_SECONDS, os._exit, (1,))
    last.daemon = True
    last.start()
