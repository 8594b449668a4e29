"""What logs cost: the defaults of `whatnext serve`, none at all, and uvicorn's own."""

from collections.abc import Mapping
from contextlib import ExitStack

from bench.databases import Place
from bench.measure import Cost, Pace, Work, compare
from bench.servers import Cores, running, serve_whatnext
from bench.setups import FIRST, set_up_whatnext
from bench.traffic import ITEMS_AGAIN, Author

SILENT, DEFAULTS, ACCESS = (
    "no log at all", "`whatnext serve`, as it is", "with uvicorn's access log"
)  # fmt: skip


def compare_logs(place: Place, cores: Cores, pace: Pace) -> Mapping[str, Cost]:
    """Measure the same items, asked again and again, with three settings of logs."""
    requests = [one.encode() for one in Author(place.whatnext).write_items()]
    silent = {**place.environment, "LOG_LEVEL": "CRITICAL"}
    setups = {
        SILENT: serve_whatnext(SILENT, FIRST, silent),
        DEFAULTS: serve_whatnext(DEFAULTS, FIRST, place.environment),
        ACCESS: set_up_whatnext(place.environment),
    }
    with ExitStack() as stack:
        works = {
            name: Work(
                stack.enter_context(running(setup, cores)), requests[:ITEMS_AGAIN]
            )
            for name, setup in setups.items()
        }
        return compare(works, pace, again=True)
