"""The warm parent: it imports what an assignment needs, then forks one child per submission.

It runs no code of a student's and never starts a runtime; both happen in its children only.
"""

import json
import os
import socket

from autograder.worker import linux, namespaces, privileges
from autograder.worker.setting import MAX_MESSAGE, Setting


def main(descriptor: int) -> None:
    """Serve the judge at the other end of a socket until it closes it."""
    with socket.socket(fileno=descriptor) as control:
        setting = Setting(**json.loads(control.recv(MAX_MESSAGE)))
        linux.prctl(linux.PR_SET_CHILD_SUBREAPER, 1)
        if setting.mounts:
            # Not by bubblewrap: as root it covers parts of /proc, and then a child may not mount
            # its own.
            namespaces.mount_processes()
        privileges.become(setting.user, setting.readable)
        # Only now: these import what the assignment needs, as an unprivileged user if there is one.
        from autograder.worker import forking, warming
        from autograder.worker.wall import Wall

        warming.warm_up(setting.modules)
        wall = Wall(setting)
        control.send(json.dumps({"user": os.getuid()}).encode())
        forking.serve(control, wall)
