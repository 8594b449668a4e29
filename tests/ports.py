"""A port of this machine for what a test starts."""

import socket

HOST = "127.0.0.1"


def find_free_port() -> int:
    """Return a port that nobody listens at now."""
    with socket.socket() as one:
        one.bind((HOST, 0))
        port: int = one.getsockname()[1]
        return port
