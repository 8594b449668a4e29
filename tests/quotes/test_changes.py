"""Every change is named, and what must not change is named as such."""

import pytest

from app.quotes.lexicon import ChangeKind
from app.quotes.verification import Fidelity, verify
from tests.quotes.books import make_book

NEGATION, NUMBER, DOSE, DRUG, URGENCY, CERTAINTY, WORDING = ChangeKind


@pytest.mark.parametrize(
    ("library", "said", "changes"),
    [
        pytest.param(
            "Do not drive on it.", "Do drive on it.",
            [("not", "", [NEGATION])], id="denial left off",
        ),
        pytest.param(
            "It is safe in old age.", "It isn't safe in old age.",
            [("is", "isn't", [NEGATION])], id="denial put in",
        ),
        pytest.param(
            "It is safe in old age.", "It is unsafe in old age.",
            [("safe", "unsafe", [NEGATION])], id="safe and unsafe",
        ),
        pytest.param(
            "Take opioid tablets today.", "Take non-opioid tablets today.",
            [("opioid", "non-opioid", [NEGATION])], id="non- put in",
        ),
        pytest.param(
            "It is a painful thing to do.", "It is a painless thing to do.",
            [("painful", "painless", [NEGATION])], id="painful and painless",
        ),
        pytest.param(
            "It is taken before the meal.", "It is taken after the meal.",
            [("before", "after", [NEGATION])], id="opposite",
        ),
        pytest.param(
            "Take it only if your doctor agrees.", "Take it if your doctor agrees.",
            [("only", "", [NEGATION])], id="only left off",
        ),
        pytest.param(
            "Stop and ask your doctor.", "Ask your doctor.",
            [("Stop and", "", [NEGATION])], id="stop left off",
        ),
        pytest.param(
            "The gain was 3 points.", "The gain was 30 points.",
            [("3", "30", [NUMBER])], id="number",
        ),
        pytest.param(
            "Use it for two days.", "Use it for 2 days.",
            [("two", "2", [NUMBER])], id="number in figures",
        ),
        pytest.param(
            "Wait at most a fortnight for it.", "Wait at least a fortnight for it.",
            [("most", "least", [NEGATION, NUMBER])], id="at most and at least",
        ),
        pytest.param(
            "Most people feel better.", "All people feel better.",
            [("Most", "All", [NUMBER])], id="how many people",
        ),
        pytest.param(
            "The full dose is 5 mg here.", "The full dose is 5 g here.",
            [("mg", "g", [DOSE])], id="unit",
        ),
        pytest.param(
            "It helps 3 out of 100 people.", "It helps 3 in 100 people.",
            [("out of", "in", [DOSE])], id="out of 100",
        ),
        pytest.param(
            "It is felt in hours by some.", "It is felt in days by some.",
            [("hours", "days", [DOSE])], id="time",
        ),
        pytest.param(
            "Do not add naproxen to it.", "Do not add warfarin to it.",
            [("naproxen", "warfarin", [DRUG])], id="one medicine for another",
        ),
        pytest.param(
            "Do not add naproxen to it.", "Do not add zyrtolin to it.",
            [("naproxen", "zyrtolin", [DRUG])], id="unknown word for a medicine",
        ),
        pytest.param(
            "Do not add anything to it.", "Do not add Ibuprofen to it.",
            [("anything", "Ibuprofen", [DRUG])], id="medicine for a word",
        ),
        pytest.param(
            "It may help your back.", "It will help your back.",
            [("may", "will", [CERTAINTY])], id="may and will",
        ),
        pytest.param(
            "The proof is of low quality.", "The proof is of high quality.",
            [("low", "high", [NEGATION, CERTAINTY])], id="low and high",
        ),
        pytest.param(
            "See a clinician today about it.", "See a clinician soon about it.",
            [("today", "soon", [URGENCY])], id="today and soon",
        ),
        pytest.param(
            "Ring the clinic at once.", "Ring the clinic.",
            [("at once", "", [NUMBER, URGENCY])], id="at once left off",
        ),
        pytest.param(
            "Be seen within two days of it.", "Be seen within two weeks of it.",
            [("days", "weeks", [DOSE, URGENCY])], id="within days and weeks",
        ),
        pytest.param(
            "Call {emergency_number} now.", "Call 555 now.",
            [("your local emergency number", "555", [NUMBER, URGENCY])],
            id="another emergency number",
        ),
        pytest.param(
            "Call {emergency_number} now.", "Call {emergency_number} now.",
            [("your local emergency number", "{emergency_number}", [NUMBER, URGENCY])],
            id="number not filled in",
        ),
        pytest.param(
            "Heat eases the pain.", "Warmth eases the pain.",
            [("Heat", "Warmth", [WORDING])], id="another word",
        ),
        pytest.param(
            "Is it known to hurt?", "It is known to hurt?",
            [("", "It", [WORDING]), ("it", "", [WORDING])], id="another order",
        ),
        pytest.param(
            "Rest, then walk a bit.", "Rest then walk a bit.",
            [(",", "", [WORDING])], id="comma left off",
        ),
    ],
)  # fmt: skip
def test_a_change_is_named(
    library: str, said: str, changes: list[tuple[str, str, list[ChangeKind]]]
) -> None:
    book = make_book(library, "Something else is said here.")

    [sentence] = verify(book, said).sentences

    assert sentence.fidelity is Fidelity.ALTERED
    found = [(one.was, one.now, list(one.kinds)) for one in sentence.changes]
    assert found == changes


def test_the_kinds_of_a_sentence_are_those_of_all_its_changes_gravest_first() -> None:
    book = make_book("It may help for two days and do you good.")

    [said] = verify(book, "It will help for 9 days and do you no good.").sentences

    assert said.kinds == (NEGATION, NUMBER, CERTAINTY)
