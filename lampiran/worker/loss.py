"""How a worker was lost -> one sentence about the file that it worked on, and the error that it becomes."""

from __future__ import annotations

import signal
from typing import Literal

from schema.errors import WorkerError

Cause = Literal["memory", "time", "processor", "crashed", "killed", "ended", "stopped"]


class Loss(Exception):  # noqa: N818 - it is a loss
    """A worker is no more, and with it what it was doing; `detail` is a bound in MiB or seconds, a signal, an exit code."""

    def __init__(self, cause: Cause, detail: str = "") -> None:
        super().__init__(cause, detail)
        self.cause: Cause = cause
        self.detail = detail

    def about(self, file: object) -> WorkerError:
        """Return the error: what happened, to which file, at which limit, what to do."""
        id_, en = _SAID[self.cause]
        values = {"file": file, "detail": self.detail}
        return WorkerError(id=id_.format(**values), en=en.format(**values))


def loss_of(code: int) -> Loss:
    """Return how a worker was lost by itself, of the exit code of its process (negative: a signal)."""
    if code >= 0:
        return Loss("ended", str(code))
    try:
        name = signal.Signals(-code).name
    except ValueError:
        name = str(-code)
    if name == "SIGXCPU":
        return Loss("processor", "")
    return Loss("killed" if name in {"SIGKILL", "SIGTERM"} else "crashed", name)


_SAID: dict[Cause, tuple[str, str]] = {
    "memory": (
        "{file}: pembacaannya dihentikan karena memerlukan lebih dari {detail} MiB memori; beri lebih banyak dengan --memory-limit, atau pisahkan lampirannya.",
        "{file}: reading it was ended, for it took more than {detail} MiB of memory; allow more with --memory-limit, or cut out the annex.",
    ),
    "time": (
        "{file}: pembacaannya dihentikan setelah {detail} detik; beri lebih banyak waktu dengan --time-limit, atau pisahkan lampirannya.",
        "{file}: reading it was ended after {detail} seconds; allow more with --time-limit, or cut out the annex.",
    ),
    "processor": (
        "{file}: pembacaannya dihentikan karena memakai prosesor lebih lama dari yang diizinkan; beri lebih banyak waktu dengan --time-limit, atau pisahkan lampirannya.",
        "{file}: reading it was ended, for it took more of the processor's time than it may; allow more with --time-limit, or cut out the annex.",
    ),
    "crashed": (
        "{file}: proses yang membacanya jatuh ({detail}), mungkin karena berkasnya rusak; mintalah salinan lain, dan laporkan bila salinan itu pun demikian.",
        "{file}: the process that read it crashed ({detail}), perhaps since the file is damaged; ask for another copy, and report it if that crashes, too.",
    ),
    "killed": (
        "{file}: proses yang membacanya dimatikan dari luar ({detail}), mungkin karena memori mesin habis; coba lagi dengan lebih sedikit berkas sekaligus (-j).",
        "{file}: the process that read it was killed from outside ({detail}), perhaps since the machine ran out of memory; try again with fewer files at a time (-j).",
    ),
    "ended": (
        "{file}: proses yang membacanya berakhir sebelum selesai (kode {detail}); mintalah salinan lain, dan laporkan bila salinan itu pun demikian.",
        "{file}: the process that read it ended before it was done (code {detail}); ask for another copy, and report it if that does so, too.",
    ),
    "stopped": ("{file}: dihentikan sebelum selesai.", "{file}: it was stopped before it was done."),
}
