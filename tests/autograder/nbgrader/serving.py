"""A Jupyter server with formgrader in it."""

import os
import re
import subprocess
import sys
import time
from contextlib import contextmanager

import httpx


@contextmanager
def server(root, environment):
    """A Jupyter server on a free port of this machine alone, with a client that may use it."""
    token = os.urandom(16).hex()
    command = [sys.executable, "-m", "jupyter_server", "--no-browser", "--ip=127.0.0.1"]
    command += ["--port=0", "--allow-root", f"--ServerApp.root_dir={root}"]
    command += [f"--IdentityProvider.token={token}"]
    log = root / "server.log"
    with log.open("w") as file:
        process = subprocess.Popen(command, cwd=root, env=environment, stdout=file, stderr=file)
    try:
        address = _address(log, process)
        headers = {"Authorization": f"token {token}"}
        with httpx.Client(base_url=address, headers=headers, timeout=30, trust_env=False) as client:
            yield client
    finally:
        process.terminate()
        process.wait(20)


def _address(log, process):
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline and process.poll() is None:
        if found := re.search(r"http://127\.0\.0\.1:\d+/", log.read_text()):
            return found[0]
        time.sleep(0.1)
    raise AssertionError(log.read_text())


def xsrf(client):
    """What a request that changes something must bear."""
    return {"X-XSRFToken": client.cookies.get("_xsrf", "")}
