"""The headlines of advice, each as it is said of one warning sign."""

from app.engine.guide import GuideSign
from app.engine.headline import write_headline
from app.engine.triage import JudgedSign, triage
from app.engine.verdicts import NO_FACTS, Verdict
from app.library.warning_signs import WarningSignEntry


def write_matched(sign: WarningSignEntry) -> str:
    """Say what is said where this sign alone matches."""
    return _write(sign, Verdict.MATCH)


def write_open(sign: WarningSignEntry) -> str:
    """Say what is said where this sign is not ruled out, and no question is left."""
    return _write(sign, Verdict.UNKNOWN)


def _write(sign: WarningSignEntry, verdict: Verdict) -> str:
    judged = JudgedSign(GuideSign(sign, ()), verdict, (), (), NO_FACTS)
    return write_headline(triage([judged]), (), ())
