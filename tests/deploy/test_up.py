"""`make up` as a person meets it: what it says, and what it leaves behind."""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from deploy.fixtures import CHECKOUT
from deploy.visitor import Visitor
from playground.processes import free_port, is_free
from playground.running import Ports

WITHOUT_A_NUMBER = "+34600777888"
"""For WhatsApp: she goes by a username."""


@contextmanager
def make_up(ports: Ports, log: Path, **variables: str) -> Iterator[subprocess.Popen[bytes]]:
    environment = os.environ | {
        "PORT": str(ports.playground),
        "ENGINE_PORT": str(ports.engine),
        "MOSTRADOR_NO_BROWSER": "1",
        **variables,
    }
    with log.open("wb") as output:
        program = subprocess.Popen(
            [sys.executable, "-m", "playground.up"], cwd=CHECKOUT, env=environment, stdout=output, stderr=output
        )
    try:
        yield program
    finally:
        program.kill()
        program.wait()


def wait_for(what: str, log: Path, program: subprocess.Popen[bytes], patience: float = 90) -> None:
    deadline = time.monotonic() + patience
    while what not in log.read_text():
        assert program.poll() is None, log.read_text()
        assert time.monotonic() < deadline, log.read_text()
        time.sleep(0.05)


def left_behind(ports: Ports) -> list[str]:
    """Programs that this run started and that still run, which have a port of its on their command line or in their
    environment; and what the functions were unpacked into."""
    marks = [f"--port {ports.playground}", f"GATEWAY_PORT={ports.engine}"]
    listed = subprocess.run(["ps", "axeww", "-o", "args="], capture_output=True, text=True, check=True)  # noqa: S607
    programs = [line for line in listed.stdout.splitlines() if any(mark in line for mark in marks)]
    homes = [
        Path("/dev/shm").glob(f"mostrador-{ports.engine}-*"),  # noqa: S108 - only looked at
        (CHECKOUT / ".local").glob(f"engine-{ports.engine}-*"),
    ]
    return programs + [str(path) for found in homes for path in found]


def wait_until_nothing_is_left(ports: Ports, patience: float = 15) -> None:
    deadline = time.monotonic() + patience
    while (left := left_behind(ports)) and time.monotonic() < deadline:
        time.sleep(0.05)
    assert left == []
    assert is_free(ports.playground)
    assert is_free(ports.engine)


def test_signal_ends_everything_and_a_second_start_works(tmp_path: Path) -> None:
    """The second one with Meta for WhatsApp: a start takes half a minute."""
    ports, log = Ports.free(), tmp_path / "up.log"
    for number, provider in ((signal.SIGINT, "twilio"), (signal.SIGTERM, "meta")):
        with make_up(ports, log, WHATSAPP=provider) as program:
            wait_for("The shop is open", log, program)
            if provider == "meta":
                a_picture_goes_there_and_back_through_meta(ports)
            program.send_signal(number)
            assert program.wait(20) == 128 + number
        wait_until_nothing_is_left(ports)


def a_picture_goes_there_and_back_through_meta(ports: Ports) -> None:
    with Visitor(f"http://127.0.0.1:{ports.playground}") as visitor:
        visitor.chats("¿Es esta?", phone=WITHOUT_A_NUMBER, files={"taza.png": b"\x89PNG not really"})
        root = visitor.root("Nuria Vega", "WhatsApp")
        (file,) = visitor.in_thread(root, "'mimetype': 'image/png'")["files"]
        assert visitor.file(file["id"]) == b"\x89PNG not really"
        visitor.answers(root, "Sí, así es.", files={"azul.png": b"\x89PNG neither"})
        received = visitor.text_received("Sí, así es.", app="whatsapp")
        assert visitor.file(received["media"][0]["id"]) == b"\x89PNG neither"
        visitor.marked(visitor.in_thread(root, "Sí, así es."), "white_check_mark")
        visitor.looks_at_whatsapp(WITHOUT_A_NUMBER)
        visitor.marked(visitor.in_thread(root, "Sí, así es."), "eyes")
        carried = {call["name"] for call in visitor.state["traffic"]}
        assert {"Meta → /webhooks/meta", "Meta ← GET media", "Meta ← POST messages"} <= carried


@pytest.mark.parametrize("moment", ["Starting the engine", "Deploying template.yaml"])
def test_crash_in_the_middle_leaves_no_process_behind(tmp_path: Path, moment: str) -> None:
    ports, log = Ports.free(), tmp_path / "up.log"

    with make_up(ports, log) as program:
        wait_for(moment, log, program)
        assert left_behind(ports)
        program.send_signal(signal.SIGKILL)

    wait_until_nothing_is_left(ports)


@pytest.mark.parametrize("taken", ["PORT", "ENGINE_PORT"])
def test_port_in_use_is_named_with_what_to_type_instead(tmp_path: Path, taken: str) -> None:
    with socket.create_server(("127.0.0.1", 0)) as somebody:
        port = somebody.getsockname()[1]
        ports = Ports(port, free_port()) if taken == "PORT" else Ports(free_port(), port)
        log = tmp_path / "up.log"

        with make_up(ports, log) as program:
            assert program.wait(20) == 1

    said = " ".join(log.read_text().split())
    assert f"Port {port} is in use" in said
    assert f"make up {taken}={port + 100}" in said
    assert left_behind(ports) == []
