"""The words that a quote must not change, by what changes with them.

Closed lists of plain English, and no clinical ones: which words name medicines comes
from the library. A word that is listed without need adds a reason to look; one that is
missing only makes a change one of wording. Neither lets it pass.
"""

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType

from app.library.words import stem_word


class ChangeKind(StrEnum):
    """What a change to a sentence of the library is about, the gravest first."""

    NEGATION = "negation"
    NUMBER = "number"
    DOSE = "dose"
    DRUG = "drug"
    URGENCY = "urgency"
    CERTAINTY = "certainty"
    WORDING = "wording"


def _list(words: str) -> frozenset[str]:
    return frozenset(stem_word(word) for word in words.split())


# What denies, forbids, leaves out, or holds a sentence to less than all. The plain
# denials ("no", "can't", "without") are those of `app.library.words`.
_NEGATION = _list(
    """
    nobody nothing nowhere hardly barely scarcely avoid stop refuse refrain forbid
    forbidden reject against instead rather except unless only but non un anti free
    lack absence absent wrong false fail
    """
)
_NUMBER = _list(
    """
    zero one two three four five six seven eight nine ten eleven twelve thirteen
    fourteen fifteen sixteen seventeen eighteen nineteen twenty thirty forty fifty
    sixty seventy eighty ninety hundred thousand million dozen first second third
    fourth fifth half halves quarter double twice thrice triple once single both
    pair couple few fewer several many most more much less least all every each some
    any none maximum minimum max min above below under over exceed than increase
    decrease reduce
    """
)
_DOSE = _list(
    """
    mg mcg ug g kg microgram milligram gram kilogram ml l dl cl litre liter
    millilitre milliliter mmol mol iu unit percent percentage cm mm m metre meter
    minute min hour hourly hr day daily night nightly week weekly fortnight month
    monthly year yearly dose dosage tablet pill capsule drops puff patch spray cream
    gel plaster spoon spoonful teaspoon sachet strength amount per point degree
    """
) | {"%", "\u2030", "\u00b0", "\u00b5g", "\u03bcg"}
_URGENCY = _list(
    """
    now today tonight tomorrow immediately immediate urgent urgently urgency
    emergency soon sooner within call phone ring dial ambulance hospital asap quick
    quickly fast hurry wait delay later routine straight
    """
)
_CERTAINTY = _list(
    """
    likely unlikely likelihood possible possibly impossible probable probably chance
    may might can could will would shall should must ought need always never ever
    often rarely rare seldom usually usual sometimes generally common
    sure surely unsure certain certainly uncertain definite definitely proven proved
    prove proof unproven show suggest high higher moderate low lower very clear
    clearly unclear known unknown perhaps maybe seem appear expect guarantee about
    around roughly almost nearly exactly doubt doubtful confident believe think if
    depend recommend
    """
)
STEMS: Mapping[ChangeKind, frozenset[str]] = MappingProxyType(
    {
        ChangeKind.NEGATION: _NEGATION,
        ChangeKind.NUMBER: _NUMBER,
        ChangeKind.DOSE: _DOSE,
        ChangeKind.URGENCY: _URGENCY,
        ChangeKind.CERTAINTY: _CERTAINTY,
    }
)
"""The stems of the words of each kind."""

PHRASES: Mapping[tuple[str, ...], ChangeKind] = MappingProxyType(
    {
        ("at", "once"): ChangeKind.URGENCY,
        ("right", "away"): ChangeKind.URGENCY,
        ("straight", "away"): ChangeKind.URGENCY,
        ("same", "day"): ChangeKind.URGENCY,
        ("as", "soon", "as"): ChangeKind.URGENCY,
        ("out", "of"): ChangeKind.DOSE,
        ("per", "cent"): ChangeKind.DOSE,
        ("at", "least"): ChangeKind.NUMBER,
        ("at", "most"): ChangeKind.NUMBER,
        ("up", "to"): ChangeKind.NUMBER,
        ("no", "longer"): ChangeKind.NEGATION,
    }
)
"""Folded words that say something together."""

TIMES = _list("second minute hour day night week fortnight month year")
"""The stems of times: with "within" before it, one says how fast to act."""

TURNING_PREFIXES = ("non", "dis", "un", "in", "im", "ir", "il", "ab", "a")
TURNING_SUFFIXES = (("less", "ful"), ("less", ""), ("ful", "less"))
"""What makes a word its opposite."""

_PAIRS = """
    safe/dangerous safe/harmful safe/risky better/worse more/less more/fewer
    most/least high/low higher/lower raise/lower raise/reduce raise/cut
    increase/decrease increase/reduce increase/lower before/after with/without
    start/stop start/end begin/stop begin/end can/cannot always/never all/none
    good/bad strong/weak help/harm help/hurt ease/worsen gain/loss above/below
    over/under up/down long/short early/late left/right on/off yes/no for/against
    rise/fall keep/stop take/avoid use/avoid do/avoid allow/forbid allow/avoid
    common/rare often/rarely many/few slow/fast
"""


def _pair(pairs: str) -> Mapping[str, frozenset[str]]:
    found: dict[str, set[str]] = {}
    for pair in pairs.split():
        one, other = map(stem_word, pair.split("/"))
        found.setdefault(one, set()).add(other)
        found.setdefault(other, set()).add(one)
    return {one: frozenset(others) for one, others in found.items()}


OPPOSITES = MappingProxyType(_pair(_PAIRS))
"""The stems of words that say the opposite of a stem."""
