"""The patients' questions in full, for every section of a treatment."""

from collections.abc import Mapping
from types import MappingProxyType

from app.fields import SectionName

SECTION_QUESTIONS: Mapping[SectionName, str] = MappingProxyType(
    {
        SectionName.WHAT_IT_IS: "What is it?",
        SectionName.WHAT_HAPPENS: "What happens?",
        SectionName.HOW_LIKELY_TO_HELP: "How likely is it to help?",
        SectionName.HOW_SOON: "How soon might it help?",
        SectionName.HOW_LONG: "How long might the help last?",
        SectionName.COMMON_HARMS: "Which harms are common?",
        SectionName.SERIOUS_HARMS: "Which serious harms can happen?",
        SectionName.WHO_SHOULD_NOT: "Who should not choose it?",
        SectionName.IF_IT_FAILS: "What if it does not help?",
        SectionName.DAILY_LIFE: "What does it mean for daily life?",
        SectionName.COST_AND_ACCESS: "What does it cost, and how do people get it?",
    }
)
