"""The same examples in every run: a law that fails, fails for everybody."""

import pytest
from hypothesis import HealthCheck, Phase, settings

from app.engine.compiler import compile_guide
from app.engine.guide import Guide
from app.library.bundle import Bundle
from tests.engine.examples import GENERATED
from tests.forgetting import forget

settings.register_profile(
    "laws",
    deadline=None,
    derandomize=True,
    max_examples=GENERATED,
    phases=[Phase.explicit, Phase.generate, Phase.shrink],
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
settings.load_profile("laws")


@pytest.fixture(
    scope="session", params=["facet-joint-injection", "epidural-steroid-injection"]
)
def shipped_guide(seed_bundle: Bundle, request: pytest.FixtureRequest) -> Guide:
    """Each of the guides that we ship."""
    return compile_guide(seed_bundle, str(request.param), release=1)


@pytest.fixture(autouse=True)
def _judge_anew() -> None:
    forget()
