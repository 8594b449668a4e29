"""The texts of the library that we ship, composed once."""

import pytest

from app.library.bundle import Bundle
from tests.render.texts import Text, compose_all


@pytest.fixture(scope="session")
def shipped_texts(seed_bundle: Bundle) -> list[Text]:
    """Every item of the library that we ship, at every length."""
    return list(compose_all(seed_bundle))
