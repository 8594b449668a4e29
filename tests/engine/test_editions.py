"""What is kept of an edition can be let go, and is made again for who asks."""

import gc
import weakref

from app.engine.choices import choices_of
from app.engine.compiler import Guidebook
from app.engine.editions import forget_editions
from tests.factories import TOPIC, make_bundle


def test_what_is_forgotten_is_made_again_as_it_was() -> None:
    guide = Guidebook(make_bundle(), release=1)[TOPIC]
    before = choices_of(guide)

    forget_editions()

    after = choices_of(guide)
    assert after == before
    assert after is not before


def test_a_guide_that_is_forgotten_goes() -> None:
    guide = Guidebook(make_bundle(), release=1)[TOPIC]
    choices_of(guide)
    left = weakref.ref(guide)

    del guide
    forget_editions()

    gc.collect()
    assert left() is None
