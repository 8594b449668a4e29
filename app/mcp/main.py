"""Builds the application with MCP beside the REST API."""

from app.main import Service, create_app
from app.mcp.endpoint import add_mcp
from app.mcp.origins import Guests
from app.settings import Settings


def create_mcp_app(settings: Settings | None = None) -> Service:
    """Return the application of the settings; it answers MCP at `/mcp` too."""
    settings = settings or Settings()
    app = create_app(settings)
    add_mcp(app, Guests(settings.mcp_origins))
    return app
