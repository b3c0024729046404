"""``rukang serve``: where it cannot listen it says so and does not begin."""

from __future__ import annotations

import socket

from tests.rukang.doors.cli.conftest import Rukang


def test_a_taken_port_is_told(rukang: Rukang) -> None:
    """With another program on the port the words name it and the option to change it."""
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        said = rukang("serve", "--port", str(port))
    assert (said.code, f"127.0.0.1:{port}" in said.err, "--port" in said.err) == (1, True, True)
