"""Files that are none: pipes, devices, sockets, circles of links, odd names, and what comes by stdin."""

from __future__ import annotations

import os
import socket
import threading
from collections.abc import Callable
from pathlib import Path

from benchmarks.hostile.book import Book
from benchmarks.hostile.kinds import call
from benchmarks.hostile.texts import TABLE

PART = b"x" * 65_536


def _plan() -> bytes:
    return Book.with_plan().written()


def _fed(handle: int, data: bytes | None) -> int:
    """Return the end of a pipe that some bytes come out of, of `None` bytes without end, and that is closed then."""
    out, into = os.pipe()

    def feed() -> None:
        try:
            while data is None:
                os.write(into, PART)
            os.write(into, data) if len(data) < len(PART) else _write_all(into, data)
        except OSError:
            return
        finally:
            os.close(into)

    threading.Thread(target=feed, daemon=True).start()
    if handle >= 0:
        os.dup2(out, handle)
        os.close(out)
        return handle
    return out


def _write_all(into: int, data: bytes) -> None:
    place = 0
    while place < len(data):
        place += os.write(into, data[place : place + len(PART)])


def _fifo(folder: Path, feed: Callable[[int], None] | None) -> Path:
    path = folder / "naskah.pdf"
    os.mkfifo(path)
    if feed is not None:

        def work() -> None:
            into = os.open(path, os.O_WRONLY)
            try:
                feed(into)
            except OSError:
                return
            finally:
                os.close(into)

        threading.Thread(target=work, daemon=True).start()
    return path


@call("refused")
def fifo_without_writer(folder: Path) -> list[str]:
    """A named pipe that nobody writes to."""
    return ["extract", str(_fifo(folder, None))]


@call("read")
def fifo_with_a_plan(folder: Path) -> list[str]:
    """A named pipe that a plan comes out of."""
    data = _plan()
    path = _fifo(folder, lambda into: _write_all(into, data))
    return ["extract", str(path)]


@call("refused")
def fifo_without_end(folder: Path) -> list[str]:
    """A named pipe that never ends."""

    def feed(into: int) -> None:
        while True:
            os.write(into, PART)

    return ["extract", str(_fifo(folder, feed))]


@call("refused")
def fifo_as_a_workbook(folder: Path) -> list[str]:
    """A named pipe that nobody writes to, as a transcription of an audit."""
    (folder / "naskah.pdf").write_bytes(_plan())
    path = folder / "salinan.xlsx"
    os.mkfifo(path)
    return ["audit", str(folder / "naskah.pdf"), str(path)]


@call("misused", "refused")
def fifo_as_a_profile(folder: Path) -> list[str]:
    """A named pipe that nobody writes to, as a profile."""
    (folder / "naskah.pdf").write_bytes(_plan())
    path = folder / "profil.yaml"
    os.mkfifo(path)
    return ["extract", str(folder / "naskah.pdf"), "--profile", str(path)]


@call("misused", "refused")
def fifo_as_decisions(folder: Path) -> list[str]:
    """A named pipe that nobody writes to, as decisions."""
    (folder / "naskah.pdf").write_bytes(_plan())
    path = folder / "putusan.json"
    os.mkfifo(path)
    return ["extract", str(folder / "naskah.pdf"), "--decisions", str(path)]


@call("refused")
def fifo_as_a_result(folder: Path) -> list[str]:
    """A named pipe that nobody writes to, in the place of a result's file."""
    (folder / "hasil").mkdir()
    os.mkfifo(folder / "hasil" / "decree.json")
    return ["coverage", str(folder / "hasil")]


@call("refused")
def fifo_to_verify(folder: Path) -> list[str]:
    """A named pipe that nobody writes to, whose signatures are to be checked."""
    return ["verify", str(_fifo(folder, None))]


@call("misused", "refused")
def fifo_as_trust(folder: Path) -> list[str]:
    """A named pipe that nobody writes to, among certificates."""
    (folder / "naskah.pdf").write_bytes(_plan())
    (folder / "percaya").mkdir()
    os.mkfifo(folder / "percaya" / "akar.pem")
    return ["verify", str(folder / "naskah.pdf"), "--trust", str(folder / "percaya")]


@call("refused")
def device_of_zeros(_: Path) -> list[str]:
    """A device without end."""
    return ["extract", "/dev/zero"]


@call("refused")
def device_of_chance(folder: Path) -> list[str]:
    """A device without end, behind a link with a PDF's name."""
    (folder / "naskah.pdf").symlink_to("/dev/urandom")
    return ["extract", str(folder / "naskah.pdf")]


@call("refused")
def device_of_nothing(_: Path) -> list[str]:
    """A device that is empty."""
    return ["extract", "/dev/null"]


@call("misused", "refused")
def device_as_a_profile(folder: Path) -> list[str]:
    """A device without end, as a profile."""
    (folder / "naskah.pdf").write_bytes(_plan())
    return ["extract", str(folder / "naskah.pdf"), "--profile", "/dev/zero"]


@call("misused", "refused")
def device_as_decisions(folder: Path) -> list[str]:
    """A device without end, as decisions."""
    (folder / "naskah.pdf").write_bytes(_plan())
    return ["extract", str(folder / "naskah.pdf"), "--decisions", "/dev/zero"]


@call("refused", "misused")
def device_as_a_transcription(folder: Path) -> list[str]:
    """A device without end, as a transcription."""
    (folder / "naskah.pdf").write_bytes(_plan())
    return ["audit", str(folder / "naskah.pdf"), "/dev/zero"]


@call("refused")
def socket_in_a_folder(folder: Path) -> list[str]:
    """A socket with a PDF's name."""
    with socket.socket(socket.AF_UNIX) as made:
        made.bind("naskah.pdf")
    return ["extract", str(folder / "naskah.pdf")]


@call("refused")
def links_in_a_circle(folder: Path) -> list[str]:
    """Links that lead to each other."""
    (folder / "a.pdf").symlink_to("b.pdf")
    (folder / "b.pdf").symlink_to("a.pdf")
    return ["extract", str(folder / "a.pdf")]


@call("refused")
def link_to_nothing(folder: Path) -> list[str]:
    """A link to a file that is not there."""
    (folder / "naskah.pdf").symlink_to("tidak-ada.pdf")
    return ["extract", str(folder / "naskah.pdf")]


@call("refused", "read")
def file_that_may_not_be_read(folder: Path) -> list[str]:
    """A file without the right to read it (which the system's master has all the same)."""
    (folder / "naskah.pdf").write_bytes(_plan())
    (folder / "naskah.pdf").chmod(0)
    return ["extract", str(folder / "naskah.pdf")]


@call("refused")
def folder_with_a_files_name(folder: Path) -> list[str]:
    """A folder that is called like a PDF."""
    (folder / "naskah.pdf").mkdir()
    return ["extract", str(folder / "naskah.pdf")]


@call("refused")
def file_of_a_terabyte(folder: Path) -> list[str]:
    """A file of a terabyte that takes no room."""
    with (folder / "naskah.pdf").open("wb") as target:
        target.truncate(1 << 40)
    return ["extract", str(folder / "naskah.pdf")]


@call("refused")
def file_that_grows(folder: Path) -> list[str]:
    """A text that grows faster than it is read."""
    path = folder / "naskah.txt"
    path.write_bytes(b"x")

    def grow() -> None:
        with path.open("ab") as target:
            while target.tell() < 400 << 20:
                target.write(PART * 64)

    thread = threading.Thread(target=grow, daemon=True)
    thread.start()
    thread.join(0.2)
    return ["extract", str(path)]


@call("refused", "read", "no-plan")
def file_of_the_machine(_: Path) -> list[str]:
    """A file whose size is told as none, and that is not empty."""
    return ["extract", "/proc/self/status"]


@call("refused")
def memory_of_the_program(_: Path) -> list[str]:
    """The program's own memory."""
    return ["extract", "/proc/self/mem"]


@call("refused")
def name_too_long(folder: Path) -> list[str]:
    """A name that no file can have."""
    return ["extract", str(folder / ("n" * 5000 + ".pdf"))]


@call("misused")
def name_with_a_zero_byte(folder: Path) -> list[str]:
    """A name that ends before it ends."""
    return ["extract", f"{folder}/nas\0kah.pdf"]


@call("read")
def name_with_controls(folder: Path) -> list[str]:
    """A name of line ends, a terminal's commands and turned writing."""
    path = folder / "nas\nkah\x1b[2J\u202e\t;rm -rf .pdf"
    path.write_bytes(_plan())
    return ["extract", str(path)]


@call("read")
def name_that_is_no_text(folder: Path) -> list[str]:
    """A name of bytes that are no letters."""
    path = os.fsdecode(os.fsencode(folder) + b"/nas\xff\xfekah.pdf")
    Path(path).write_bytes(_plan())
    return ["extract", path]


@call("read")
def name_of_255_letters(folder: Path) -> list[str]:
    """A name as long as it may be."""
    path = folder / ("n" * 251 + ".pdf")
    path.write_bytes(_plan())
    return ["extract", str(path)]


@call("read")
def name_of_dots(folder: Path) -> list[str]:
    """A name of dots, and one that begins like an option."""
    for name in ("...pdf", "-o.pdf", "..pdf.pdf"):
        (folder / name).write_bytes(_plan() + name.encode())
    return ["extract", str(folder / "...pdf"), str(folder / "-o.pdf"), str(folder / "..pdf.pdf")]


@call("not-written", "read")
def output_that_is_a_link(folder: Path) -> list[str]:
    """A result's folder that is a link to another place."""
    (folder / "naskah.pdf").write_bytes(_plan())
    (folder / "lain").mkdir()
    (folder / "out").mkdir()
    (folder / "out" / "naskah").symlink_to(folder / "lain")
    return ["extract", str(folder / "naskah.pdf"), "-o", str(folder / "out")]


@call("not-written")
def output_that_is_a_file(folder: Path) -> list[str]:
    """An output folder that is a file."""
    (folder / "naskah.pdf").write_bytes(_plan())
    (folder / "out").write_bytes(b"x")
    return ["extract", str(folder / "naskah.pdf"), "-o", str(folder / "out")]


@call("read")
def stdin_with_a_plan(_: Path) -> list[str]:
    """A plan by stdin."""
    _fed(0, _plan())
    return ["extract", "-", "--name", "naskah.pdf"]


@call("refused")
def stdin_without_end(_: Path) -> list[str]:
    """A stdin that never ends."""
    _fed(0, None)
    return ["extract", "-"]


@call("refused")
def stdin_of_nothing(_: Path) -> list[str]:
    """An empty stdin."""
    _fed(0, b"")
    return ["extract", "-"]


@call("refused", "misused")
def stdin_that_is_closed(_: Path) -> list[str]:
    """No stdin at all."""
    os.close(0)
    return ["extract", "-"]


@call("read")
def stdin_by_its_path(_: Path) -> list[str]:
    """A plan by stdin, named by the path of stdin."""
    _fed(0, _plan())
    return ["extract", "/dev/stdin"]


@call("read")
def substituted_process(_: Path) -> list[str]:
    """A plan by a pipe, as a shell names the output of a command."""
    return ["extract", f"/dev/fd/{_fed(-1, _plan())}"]


@call("refused")
def substituted_process_without_end(_: Path) -> list[str]:
    """A pipe without end, as a shell names the output of a command."""
    return ["extract", f"/dev/fd/{_fed(-1, None)}"]


@call("read")
def pipes_of_an_audit(_: Path) -> list[str]:
    """Both files of an audit by pipes."""
    return ["audit", f"/dev/fd/{_fed(-1, _plan())}", f"/proc/self/fd/{_fed(-1, TABLE.encode())}"]


@call("read", "asked")
def pipe_to_verify(_: Path) -> list[str]:
    """Signatures of what comes by a pipe."""
    return ["verify", f"/dev/fd/{_fed(-1, _plan())}"]


@call("read")
def pipe_named_twice(_: Path) -> list[str]:
    """A pipe that is named twice: its bytes can be taken once."""
    path = f"/dev/fd/{_fed(-1, _plan())}"
    return ["extract", path, path]


@call("refused")
def descriptor_that_is_not_open(_: Path) -> list[str]:
    """A pipe that is none."""
    return ["extract", "/dev/fd/987"]
