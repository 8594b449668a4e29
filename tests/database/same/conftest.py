import pytest

from tests.database.same.databases import EnglishDatabases
from tests.databases import Databases, SqliteFiles
from tests.postgres import PostgresServer


@pytest.fixture(scope="session")
def here(tmp_path_factory: pytest.TempPathFactory) -> Databases:
    """Makes databases of SQLite."""
    return Databases(SqliteFiles(tmp_path_factory.mktemp("here")))


@pytest.fixture(scope="session")
def there(postgres: PostgresServer) -> Databases:
    """Makes databases of PostgreSQL that sort by themselves as in English."""
    return Databases(EnglishDatabases(postgres))
