"""PostgreSQL databases that sort and tell the time as people do, not as we do."""

from dataclasses import dataclass
from functools import cached_property

import psycopg

from tests.databases import PostgresDatabases

AS_IN_ENGLISH = "TEMPLATE template0 LOCALE_PROVIDER icu ICU_LOCALE 'en-US-u-ka-shifted'"
_HAS_LANGUAGES = "SELECT 1 FROM pg_collation WHERE collprovider = 'i'"


@dataclass(frozen=True)
class EnglishDatabases(PostgresDatabases):
    """Databases in which nothing sorts by code point by itself, and noon is not ours.

    A server without languages, such as the one that is installed by pip, has only the
    order that we want anyhow.
    """

    @cached_property
    def _order(self) -> str:
        with psycopg.connect(self.server.url()) as connection:
            found = connection.execute(_HAS_LANGUAGES).fetchone()
        return AS_IN_ENGLISH if found else ""

    def make(self, name: str, template: str | None) -> str:
        if template is None:
            self.server.execute(f"CREATE DATABASE {name} {self._order}")
        else:
            super().make(name, template)
        self.server.execute(f"ALTER DATABASE {name} SET timezone TO 'Asia/Kathmandu'")
        return self.server.url(name)
