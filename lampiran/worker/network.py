"""The process that calls -> one without a network: its own empty one where the system gives it, and no sockets in Python."""

from __future__ import annotations

import ctypes
import os
import sys
from pathlib import Path

_NEW_USER, _NEW_NETWORK = 0x10000000, 0x40000000  # of Linux's unshare
_SOCKETS = frozenset(
    f"socket.{each}"
    for each in (
        "__new__",
        "bind",
        "connect",
        "getaddrinfo",
        "gethostbyaddr",
        "gethostbyname",
        "getnameinfo",
        "sendto",
    )
)


def leave_network() -> None:
    """Take the network away, before any thread is started.

    On Linux the process gets a network of its own without any device, where the system allows that without asking for
    more rights. Everywhere each use of a socket from Python raises `PermissionError`; that cannot be taken back.
    """
    if sys.platform == "linux":
        _unshare()
    sys.addaudithook(_refuse)


def _refuse(event: str, _given: object) -> None:
    if event in _SOCKETS:
        raise PermissionError(f"a reader of files has no network ({event})")


def _unshare() -> None:
    """Leave the network's namespace; a user who may not do that alone does it in a user's namespace of the same name."""
    unshare = getattr(ctypes.CDLL(None, use_errno=True), "unshare", None)
    if unshare is None or unshare(_NEW_NETWORK) == 0:
        return
    user, group = os.getuid(), os.getgid()
    if user == 0 or unshare(_NEW_USER | _NEW_NETWORK) != 0:  # root would lose its rights over files of others
        return
    try:
        Path("/proc/self/setgroups").write_text("deny", encoding="ascii")
        Path("/proc/self/uid_map").write_text(f"{user} {user} 1", encoding="ascii")
        Path("/proc/self/gid_map").write_text(f"{group} {group} 1", encoding="ascii")
    except OSError:
        return  # the names of owners are not shown then; what may be read and written stays the same
