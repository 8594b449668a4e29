"""The address of an item of any kind, for what is alike for all of them."""

from starlette.convertors import Convertor, register_url_convertor

NO_KINDS = ("keys", "quotes", "releases")
"""What stands in the place of a kind and has addresses of its own below it."""


class _KindConvertor(Convertor[str]):
    """Takes any word, so that one which is no kind is told the kinds."""

    regex = rf"(?!(?:{'|'.join(NO_KINDS)})/)[^/]+"

    def convert(self, value: str) -> str:
        return value

    def to_string(self, value: str) -> str:
        return value


register_url_convertor("kind", _KindConvertor())

ITEM_PATH = "/{kind:kind}/{slug}"
