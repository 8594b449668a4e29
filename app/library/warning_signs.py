"""A warning sign: when to seek help, how fast, what to do and say."""

from typing import Annotated

from pydantic import Field, model_validator
from pydantic_core import PydanticCustomError

from app.fields import Category, Urgency
from app.library.entry import (
    Entry,
    Line,
    Part,
    Rule,
    Sources,
    Text,
    TopicSlug,
    TreatmentSlug,
)


class Hold(Part):
    """A treatment or category that waits until the sign has been looked at."""

    treatment: TreatmentSlug | None = None
    category: Category | None = None

    @model_validator(mode="after")
    def _names_one(self) -> "Hold":
        if (self.treatment is None) == (self.category is None):
            raise PydanticCustomError("holds", "Name a treatment or a category.")
        return self


class WarningSignEntry(Entry):
    """It matches when any of its rules does; without `topics` it holds everywhere."""

    name: Line
    aliases: tuple[Line, ...] = ()
    urgency: Urgency
    rules: Annotated[tuple[Rule, ...], Field(min_length=1)]
    question: Text
    what_to_do: Annotated[tuple[Text, ...], Field(min_length=1)]
    what_to_say: Text
    why: Text
    holds: tuple[Hold, ...] = ()
    topics: tuple[TopicSlug, ...] = ()
    sources: Sources
