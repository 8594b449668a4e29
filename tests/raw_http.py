"""Requests as they go over the wire, for what no client would send."""

import socket


def ask_raw(port: int, sent: bytes) -> bytes:
    """Send these bytes, and return the headers and what more came with them."""
    with socket.create_connection(("127.0.0.1", port), timeout=30) as connection:
        connection.sendall(sent)
        answer = b""
        while b"\r\n\r\n" not in answer:
            part = connection.recv(65_536)
            if not part:
                break
            answer += part
        return answer


def read_to_end(port: int, sent: bytes) -> bytes:
    """Send these bytes, and return all that comes until the server closes."""
    with socket.create_connection(("127.0.0.1", port), timeout=30) as connection:
        connection.sendall(sent)
        answer = b""
        while part := connection.recv(65_536):
            answer += part
        return answer
