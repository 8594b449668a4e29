import pytest

from tests.databases import Databases, PostgresDatabases, SqliteFiles
from tests.postgres import PostgresServer


@pytest.fixture(scope="session")
def on_postgresql(postgres: PostgresServer) -> Databases:
    """Makes databases for what SQLite knows nothing of."""
    return Databases(PostgresDatabases(postgres))


@pytest.fixture(scope="session")
def on_sqlite(tmp_path_factory: pytest.TempPathFactory) -> Databases:
    """Makes files for what PostgreSQL knows nothing of."""
    return Databases(SqliteFiles(tmp_path_factory.mktemp("files")))
