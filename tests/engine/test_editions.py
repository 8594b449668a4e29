"""What is kept of an edition can be let go, and is made again for who asks."""

import gc
import weakref

from app.engine.choices import choices_of
from app.engine.compiler import Guidebook
from app.engine.editions import forget_editions
from app.fields import Kind
from tests.factories import TOPIC, advise, make_bundle, make_guide, make_rule, make_sign

FEVERISH = make_rule(when={"has": "fever"})


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


def test_no_question_of_a_guide_that_is_forgotten_stays() -> None:
    guide = make_guide({Kind.WARNING_SIGNS: [make_sign(rules=[FEVERISH])]})
    assert advise(guide).ask_next
    screens = list(guide.screens)

    del guide
    forget_editions()

    gc.collect()
    held = [gc.get_referrers(screen) for screen in screens]
    assert held == [[screens]] * len(screens)
