"""What there is to be reached on this machine, were it not for the wall.

Everything that a run has beside it: a secret, references and another's submission in files that
everyone may read; a listener of each family, on this machine alone; a program of the same user;
and a word in each of them that must never be seen again.
"""

import os
import secrets
import socket
import subprocess
import tempfile
from contextlib import ExitStack
from pathlib import Path

from autograder.worker.privileges import NOBODY
from tests.hostile.driver.course import NUMBERS, hand_in, right_notebook

CANARY = f"canary{secrets.token_hex(8)}"
VARIABLE = "AUTOGRADER_CANARY"


class World:
    """Files, listeners and a victim, for as long as it is entered."""

    def __enter__(self) -> "World":
        with ExitStack() as stack:
            self.folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="world-")))
            self.folder.chmod(0o755)
            self.course = self.folder / "course"
            self.temporary = self.folder / "temporary"
            self._lay_out()
            os.environ[VARIABLE] = CANARY
            stack.callback(os.environ.pop, VARIABLE)
            self._listen(stack)
            self._victim = stack.enter_context(self._start_victim())
            stack.callback(self._victim.kill)
            self._stack = stack.pop_all()
        return self

    def __exit__(self, *_: object) -> None:
        self._stack.close()

    def _lay_out(self) -> None:
        for folder in (self.course, self.temporary, self.folder / "class"):
            folder.mkdir()
        (self.course / ".autograder_secret").write_text(f"{CANARY}\n")
        (self.course / "checks.py").write_text(f"reference = '{CANARY}'\n")
        ann = right_notebook(NUMBERS)
        ann.cells[0].source += f"\n# {CANARY}"
        hand_in(self.folder / "class", "ann", ann)
        for path in self.folder.rglob("*"):
            path.chmod(0o755 if path.is_dir() else 0o644)

    def _listen(self, stack: ExitStack) -> None:
        path, abstract = self.folder / "socket", f"\0{self.folder.name}"
        places = [
            (socket.AF_INET, socket.SOCK_STREAM, ("127.0.0.1", 0)),
            (socket.AF_INET, socket.SOCK_DGRAM, ("127.0.0.1", 0)),
            (socket.AF_UNIX, socket.SOCK_STREAM, str(path)),
            (socket.AF_UNIX, socket.SOCK_STREAM, abstract),
            (socket.AF_UNIX, socket.SOCK_DGRAM, f"{abstract}-datagrams"),
        ]
        self._listeners = []
        for family, kind, address in places:
            listener = stack.enter_context(socket.socket(family, kind))
            listener.bind(address)
            listener.setblocking(False)
            if kind is socket.SOCK_STREAM:
                listener.listen(8)
            self._listeners.append(listener)
        path.chmod(0o777)

    def _start_victim(self) -> "subprocess.Popen[bytes]":
        """A program as the submissions' own user has, with the word in its environment."""
        user = NOBODY if os.geteuid() == 0 else None
        variables = {VARIABLE: CANARY}
        return subprocess.Popen(["/bin/sleep", "3600"], env=variables, user=user, group=user)

    @property
    def known(self) -> dict[str, object]:
        """What an attacker may know: where everything is, but not the word itself."""
        tcp, udp, path, abstract, datagrams = (
            listener.getsockname() for listener in self._listeners
        )
        return {
            "course": str(self.course),
            "class": str(self.folder / "class"),
            "temporary": str(self.temporary),
            "project": str(Path(__file__).parents[3]),
            "judge": os.getpid(),
            "victim": self._victim.pid,
            "tcp": tcp,
            "udp": udp,
            "path": path,
            "abstract": abstract,
            "datagrams": datagrams,
        }

    def complaints(self) -> list[str]:
        """What happened here that must not happen."""
        found = [f"{one.getsockname()!r} was reached" for one in self._listeners if _reached(one)]
        if self._victim.poll() is not None:
            found.append(f"the other program ended with {self._victim.returncode}")
        if _state(self._victim.pid) == "T":
            found.append("the other program was stopped")
        return found


def _reached(listener: socket.socket) -> bool:
    try:
        if listener.type is socket.SOCK_STREAM:
            listener.accept()[0].close()
        else:
            listener.recv(100)
    except BlockingIOError:
        return False
    return True


def _state(pid: int) -> str:
    return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
