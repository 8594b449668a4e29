"""A difference as people read it: every section, and what stands in it."""

from typing import Any

import pytest

from app.cli.diff_text import write_lines
from app.content.diff import diff_libraries
from app.fields import Kind
from app.library.bundle import Bundle
from tests.content.altering import GONE
from tests.content.whole_library import AGED, WHOLE, make_whole
from tests.factories import TOPIC, make_case, make_finding, make_topic, make_treatment

SIGN = (Kind.WARNING_SIGNS, "infection")
NSAIDS = (Kind.TREATMENTS, "nsaids")
NO_CASES = (Kind.CASES, "case", "", GONE)
Edit = tuple[Kind, str, str, Any]


def read(before: Bundle | None, after: Bundle, *, against: int | None = 4) -> str:
    diff = diff_libraries(before, after, against=against)
    return "".join(f"{line.plain}\n" for line in write_lines(diff))


def describe(*edits: Edit) -> str:
    """Return what is written of edits, without the summary."""
    text = read(make_whole(NO_CASES), make_whole(NO_CASES, *edits))
    return text.partition("\n\n")[2]


def test_of_what_is_the_same_one_line_is_written() -> None:
    assert read(make_whole(), make_whole()) == "No difference from release 4.\n"


def test_the_summary_counts_items_and_suggests_a_significance() -> None:
    new = (Kind.FINDINGS, "itch", "", make_finding("itch"))
    gone = (Kind.FINDINGS, "hiccups", "", GONE)
    screen = (Kind.SCREENS, "odd", "/findings", ["kidney-disease", "pregnancy"])

    text = read(make_whole(NO_CASES), make_whole(NO_CASES, new, gone, screen))

    assert text.splitlines()[:2] == [
        "Compared with release 4: 1 added, 1 changed, 1 removed.",
        "Suggested significance: clinical",
    ]


def test_items_that_come_and_go_have_a_line_each() -> None:
    new = make_treatment("yoga", name="Yoga classes")

    assert describe((Kind.TREATMENTS, "yoga", "", new), (*SIGN, "", GONE)) == (
        "Added\n"
        "  + treatments/yoga  Yoga classes  [clinical]\n"
        "\n"
        "Removed\n"
        "  - warning-signs/infection  Infection  [safety]\n"
    )


CHANGES: dict[str, tuple[Edit, list[str]]] = {
    "a word": (
        (*SIGN, "/urgency", "urgent"),
        ["warning-signs/infection/urgency  [safety]", "  - soon", "  + urgent"],
    ),
    "a number": (
        (*NSAIDS, "/invasiveness", 2),
        ["treatments/nsaids/invasiveness  [clinical]", "  - 1", "  + 2"],
    ),
    "yes or no": (
        (*NSAIDS, "/one_at_a_time", False),
        ["treatments/nsaids/one_at_a_time  [safety]", "  - true", "  + false"],
    ),
    "a text of several lines": (
        (*NSAIDS, "/summary", "A summary.\nAnd more."),
        [
            "treatments/nsaids/summary  [editorial]",
            "    A summary.",
            "  + And more.",
        ],
    ),
    "texts that come and go": (
        (*NSAIDS, "/aliases", ["painkillers", "pills"]),
        [
            "treatments/nsaids/aliases  [editorial]",
            "  - anti-inflammatories",
            "  + pills",
        ],
    ),
    "texts in another order": (
        (*NSAIDS, "/aliases", ["painkillers", "anti-inflammatories"]),
        [
            "treatments/nsaids/aliases in another order  [editorial]",
            "  + painkillers",
            "    anti-inflammatories",
            "  - painkillers",
        ],
    ),
    "a condition": (
        (*SIGN, "/rules/1/when", {"all": [{"has": "leg-weakness"}, AGED]}),
        [
            "warning-signs/infection/rules/weak/when  [safety]",
            "  - has: leg-weakness",
            "  + all:",
            "  +   - has: leg-weakness",
            "  +   - age:",
            "  +       at_least: 65",
        ],
    ),
    "a part of a condition": (
        (*SIGN, "/rules/1/unless", {"age": {"at_least": 66}}),
        [
            "warning-signs/infection/rules/weak/unless  [safety]",
            "    age:",
            "  -   at_least: 65",
            "  +   at_least: 66",
        ],
    ),
    "a place that is gone": (
        (*NSAIDS, "/reviewed_by", GONE),
        ["treatments/nsaids/reviewed_by  [editorial]", "  - Dr A"],
    ),
    "a rule that is gone": (
        (Kind.TOPICS, TOPIC, "/options/0/avoid_when/0", GONE),
        [
            f"topics/{TOPIC}/options/walking/avoid_when/never  [safety]",
            "  - slug: never",
            "  - when:",
            "  -   has: fever",
            "  - unless:",
            "  -   age:",
            "  -     at_least: 65",
            "  - because: Because of never.",
            "  - sources:",
            "  -   - cohen-2020",
        ],
    ),
}


@pytest.mark.parametrize(("edit", "lines"), list(CHANGES.values()), ids=list(CHANGES))
def test_a_place_that_differs_stands_over_its_values(
    edit: Edit, lines: list[str]
) -> None:
    heading, _item, *written = describe(edit).splitlines()

    assert heading == "Changed"
    assert written == [f"    {line}" for line in lines]


def test_signs_that_come_and_go_in_the_advice_are_written_so() -> None:
    sepsis = {**WHOLE[Kind.WARNING_SIGNS][0], "slug": "sepsis"}
    after = make_whole((*SIGN, "", GONE), (Kind.WARNING_SIGNS, "sepsis", "", sepsis))

    assert read(make_whole(), after).partition("advice changes\n")[2] == (
        "  case  A case  [safety]\n      - sign infection\n      + sign sepsis\n"
    )


def test_cases_are_written_with_their_advice_and_what_they_promised() -> None:
    other = (Kind.TOPICS, "other", "", make_topic("other"))
    case = (Kind.CASES, "of-other", "", make_case("of-other", topic="other"))
    after = make_whole(
        (*SIGN, "/urgency", "urgent"),
        (Kind.CASES, "case", "/expect/level", "urgent"),
        (Kind.FAILURE_CAUSES, "cause", "/clues_for/0/when", {"has": "hiccups"}),
        (Kind.FAILURE_CAUSES, "cause", "/clues_for/0/unless", GONE),
        other,
        case,
    )

    assert read(make_whole(), after).partition("\nCases whose")[2] == (
        " advice changes\n"
        "  case  A case  [safety]\n"
        "      level: soon -> urgent\n"
        "      could be: soon -> urgent\n"
        "      option nsaids: consider -> not-now\n"
        "      cause cause: possible -> likely\n"
        "\n"
        "Old cases that no longer hold\n"
        "  case  A case  [safety]\n"
        "      /expect/level: The level is urgent, not soon.\n"
        "      /expect/could_be: It could be urgent, not soon.\n"
        "      /expect/causes/cause: It is likely, not possible.\n"
        "      /expect/in_plan/0: nsaids is missing from the advice.\n"
        "      /expect/asks/0: finding/fever is missing from the advice.\n"
        "      /expect/asks_first/0: finding/fever is missing from the advice.\n"
        "\n"
        "Cases that cannot be compared\n"
        "  of-other: before: There is no topic other.\n"
    )
