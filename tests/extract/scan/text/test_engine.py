import os
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from importlib.util import find_spec
from pathlib import Path

import numpy as np
import pytest

from extract.scan.text.engine import CHOICE, Array, OnnxRuntime, OpenVino, core_share, engine, session
from extract.scan.text.rapidocr import model_path
from extract.scan.text.registry import reader_versions
from schema.errors import UsageError

NEEDS_OPENVINO = pytest.mark.skipif(find_spec("openvino") is None, reason="openvino is not installed")


@pytest.fixture(autouse=True)
def _fresh(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.delenv(CHOICE, raising=False)
    engine.cache_clear()
    yield
    engine.cache_clear()


def test_the_environment_chooses_the_engine(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(CHOICE, "onnxruntime")
    assert engine() == "onnxruntime"


def test_an_unknown_engine_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(CHOICE, "abacus")
    with pytest.raises(UsageError, match="abacus"):
        engine()


def test_the_engine_and_the_models_are_told() -> None:
    told = reader_versions(("rapidocr",))
    assert told.keys() >= {"rapidocr", engine(), "rapidocr-det", "rapidocr-rec"}
    assert "tesseract" not in told


def test_a_network_gives_each_thread_what_it_gives_one() -> None:
    path = model_path("rec")
    assert path is not None
    network = session(path)
    draw = np.random.default_rng(2)
    planes = [draw.uniform(-1, 1, (1, 3, 48, width)).astype(np.float32) for width in (64, 96, 160, 320) * 3]
    alone = [network(each) for each in planes]

    def beside_others(each: Array) -> Array:
        with core_share():
            return network(each)

    with ThreadPoolExecutor(3) as pool:
        together = list(pool.map(beside_others, planes))
    assert all(np.abs(one - other).max() < 1e-4 for one, other in zip(alone, together, strict=True))


@NEEDS_OPENVINO
@pytest.mark.parametrize("kind", ["det", "rec"])
def test_both_engines_give_the_same_chances(kind: str) -> None:
    path = model_path(kind)
    assert path is not None
    planes = (
        np.random.default_rng(1).uniform(-1, 1, (1, 3, 64 if kind == "det" else 48, 96)).astype(np.float32)
    )
    one, other = OnnxRuntime(path, 1)(planes), OpenVino(path, 1)(planes)
    assert np.abs(one - other).max() < 0.01


def test_the_engine_tells_nobody_and_leaves_nothing_behind(tmp_path: Path) -> None:
    code = (
        "from extract.scan.text.engine import OnnxRuntime\n"
        "from extract.scan.text.rapidocr import model_path\n"
        "assert OnnxRuntime(model_path(), 1)\n"
    )
    kept = {name: value for name, value in os.environ.items() if name != "ORT_DISABLE_TELEMETRY"}
    home = {
        "HOME": str(tmp_path),
        "XDG_CACHE_HOME": "",
        "PYTHONPATH": os.pathsep.join(filter(None, sys.path)),
    }
    ended = subprocess.run(
        [sys.executable, "-c", code], env=kept | home, capture_output=True, text=True, check=False
    )
    assert (ended.returncode, ended.stderr) == (0, "")
    assert list(tmp_path.rglob("*")) == []
