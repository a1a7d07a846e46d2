"""Examples on any executor, and on a real Dask cluster that loses a worker, give what they give here."""

import contextlib
import json
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import threading
import time
from concurrent.futures import Future, ProcessPoolExecutor, ThreadPoolExecutor, wait
from dataclasses import replace
from multiprocessing import get_context
from pathlib import Path

import psutil
import pytest

from kejian import __version__
from kejian.checks.examples import check
from kejian.core.disk.files import Folder
from kejian.examples.keys import first_party
from kejian.examples.keys.package import Package
from kejian.examples.run.backends import NoExecutorError, RemoteBackend
from kejian.examples.run.executors import local, named, on
from kejian.examples.run.tasks import TaskRejected
from kejian.pipeline.build import build
from kejian.pipeline.report import Options

pytestmark = pytest.mark.slow

ROOT = Path(__file__).parents[4]
TODAY = "2026-11-24"
SLOW = """
import time
from pathlib import Path

from demo_examples.base import scaled

DATA = ("data/large.bin",)


def size():
    time.sleep(1)
    return len(Path(__file__).parent.parent.joinpath("data", "large.bin").read_bytes())
"""


@pytest.fixture(autouse=True)
def home(tmp_path, monkeypatch):
    """A cache folder of the test's own for what workers keep."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))


@pytest.fixture
def copies(demo):
    """What gives the same course once more, in another folder."""
    return lambda name: Path(shutil.copytree(demo, demo.parent / name / "demo"))


def built(root, executor=local):
    said = []
    report = build(Options(course=root, out=root / "site", today=TODAY, progress=said.append, executor=executor))
    return report, said


def record(root):
    """The record's files, but for when and how long examples ran."""
    found = {}
    for path in sorted((root / "slides" / "outputs").iterdir()):
        found[path.name] = path.read_bytes()
        if path.suffix == ".json":
            kept = json.loads(found[path.name])
            assert kept.pop("verified") == TODAY
            assert kept.pop("seconds") >= 0
            found[path.name] = kept
    return found


def page(root):
    """The deck's page, but for how long examples ran."""
    return re.sub(rf"{TODAY}, [0-9.e-]+ s", "", (root / "site/slides/deck.html").read_text("utf-8"))


def codes(found):
    return [d.code for d in found]


def pools():
    yield "threads", lambda: ThreadPoolExecutor(2)
    yield "processes", lambda: ProcessPoolExecutor(2, mp_context=get_context("spawn"))


@pytest.mark.parametrize("pool", [make for _, make in pools()], ids=[name for name, _ in pools()])
def test_any_executor_gives_the_same_record_and_the_same_pages(demo, copies, pool):
    other = copies("other")
    assert codes(built(demo)[0].diagnostics) == []
    with pool() as executor:
        report, said = built(other, on(executor))
    assert (report.ran, codes(report.diagnostics)) == (7, [])
    assert len([words for words in said if words.startswith("running ")]) == 7
    assert record(other) == record(demo)
    assert page(other) == page(demo)


def test_a_check_runs_elsewhere_too(demo):
    built(demo)
    with ThreadPoolExecutor(2) as executor:
        checked = check(demo, lambda words: None, TODAY, executor=on(executor))
    assert (checked.examples, checked.drifts, codes(checked.diagnostics)) == (7, (), [])


def test_only_what_is_declared_is_sent_and_what_is_missing_is_said(demo, edit):
    edit("slides/deck.md", '{symbol="table" cmd=true}', '{symbol="undeclared" cmd=true}')
    with ThreadPoolExecutor(2) as executor:
        report, _ = built(demo, on(executor))
    found = {d.code: d for d in report.diagnostics}
    assert set(found) == {"example-failed", "undeclared-read"}
    assert "FileNotFoundError" in found["example-failed"].message
    assert "secret.txt, which no DATA declares" in found["undeclared-read"].message
    assert str(demo) not in found["undeclared-read"].message
    assert not (demo / "site").exists()


HELPED = """import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent / "lib"))
import helper


def count():
    return helper.two()
"""


def test_modules_outside_the_package_are_sent_along(demo):
    for path, text in {
        "demo_examples/helped.py": HELPED,
        "lib/helper.py": "from inner import TWO\n\n\ndef two():\n    return TWO\n",
        "lib/inner/__init__.py": "TWO = 2\n",
        "lib/other.py": "",
        "slides/deck.md": "<!-- slide -->\n\n# 二\n\n`{python} helped.count()`\n",
    }.items():
        (demo / path).parent.mkdir(parents=True, exist_ok=True)
        (demo / path).write_text(text, "utf-8")
    package = Package.read(Folder(demo), "demo_examples")
    assert first_party.beside(package, ()) == (
        "lib/helper.py",
        "lib/inner/__init__.py",
    )
    with ThreadPoolExecutor(2) as executor:
        report, _ = built(demo, on(executor))
    assert (report.ran, codes(report.diagnostics)) == (1, [])


def test_what_runs_elsewhere_leaves_no_files_there(demo, tmp_path, monkeypatch):
    (tmp_path / "tmp").mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path / "tmp"))
    with ThreadPoolExecutor(2) as executor:
        built(demo, on(executor))
    assert list((tmp_path / "tmp").iterdir()) == []


SHARED = """
import os
from pathlib import Path


def once():
    \"\"\"What takes long is done by the first of a run.\"\"\"
    file = Path(os.environ["KERAS_HOME"]) / "once"
    if not file.exists():
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text("done")
        return "done now"
    return "was there"


def again():
    return once()
"""


def test_the_examples_of_one_cold_run_share_what_took_long_and_no_two_runs_do(demo, tmp_path, monkeypatch):
    (tmp_path / "tmp").mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path / "tmp"))
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "home"))
    (demo / "demo_examples" / "kept.py").write_text(SHARED, "utf-8")
    calls = "".join(
        f'\n@import "../demo_examples/kept.py" {{symbol="{name}" cmd=true}}\n' for name in ("once", "again")
    )
    (demo / "slides" / "deck.md").write_text(f"<!-- slide -->\n\n# 例子\n{calls}", "utf-8")
    with ThreadPoolExecutor(1) as executor:
        built(demo, on(executor))
        recorded = [(demo / "slides" / "outputs" / f"kept.{name}.txt").read_text() for name in ("once", "again")]
        assert recorded == ["done now\n", "was there\n"]
        for _ in range(2):
            assert check(demo, lambda words: None, TODAY, executor=on(executor)).drifts == ()


class Losing(ThreadPoolExecutor):
    """Loses tasks, as a cluster does whose worker dies with the only copy of their files."""

    def __init__(self, losses):
        super().__init__(1)
        self.losses = losses

    def submit(self, *arguments):
        if self.losses:
            self.losses -= 1
            lost = Future()
            lost.cancel()
            lost.set_running_or_notify_cancel()
            return lost
        return super().submit(*arguments)


def test_a_task_that_gets_lost_is_submitted_again(demo, copies):
    other = copies("other")
    built(demo)
    with Losing(3) as executor:
        report, _ = built(other, on(executor))
    assert codes(report.diagnostics) == []
    assert record(other) == record(demo)


def test_a_task_that_gets_lost_again_and_again_is_an_error(demo):
    with Losing(1000) as executor:
        report, _ = built(demo, on(executor))
    assert set(codes(report.diagnostics)) == {"example-not-run"}
    assert "it got lost 3 times" in report.diagnostics[0].message
    assert not (demo / "site").exists()


def test_an_executor_that_fails_is_an_error_of_each_example(demo):
    executor = ThreadPoolExecutor(1)
    executor.shutdown()
    report, _ = built(demo, on(executor))
    assert set(codes(report.diagnostics)) == {"example-not-run"}
    assert "the executor failed: RuntimeError: cannot schedule new futures" in report.diagnostics[0].message
    assert not (demo / "slides" / "outputs").exists()


class Interrupting(ThreadPoolExecutor):
    """Ctrl-C comes while the third task is submitted; the first one is running."""

    def __init__(self):
        super().__init__(1)
        self.futures = []

    def submit(self, *arguments):
        if len(self.futures) == 2:
            raise KeyboardInterrupt
        self.futures.append(super().submit(*arguments))
        return self.futures[-1]


def test_leaving_cancels_tasks_not_yet_begun(demo):
    with Interrupting() as executor, pytest.raises(KeyboardInterrupt):
        built(demo, on(executor))
    assert [future.cancelled() for future in executor.futures] == [False, True]
    assert not (demo / "slides" / "outputs").exists()
    assert not (demo / "site").exists()


@pytest.mark.parametrize("word", ["", "dask", "dask://", "dask://host", "dask://a:b", "dask://u@h/x:1", "ray://h:1"])
def test_a_word_that_names_no_executor(word):
    with pytest.raises(NoExecutorError, match="there is no executor") as raised:
        named(word)
    assert "dask://HOST:PORT" in raised.value.hint


def test_words_that_name_executors():
    assert named("local") is local
    for word in ("dask://scheduler:8786", "dask://10.0.0.1:8786/", "dask://[::1]:8786"):
        named(word)


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def test_a_cluster_that_does_not_answer_is_an_error_and_nothing_is_written(demo, monkeypatch):
    monkeypatch.setattr("kejian.examples.run.dask._SECONDS", 1)
    where = f"127.0.0.1:{free_port()}"
    report, _ = built(demo, named(f"dask://{where}"))
    (found,) = report.diagnostics
    assert (found.code, found.message) == ("no-executor", f"no Dask scheduler answers at {where}")
    assert f"dask scheduler --port {where[10:]}" in found.hint
    assert not (demo / "site").exists()
    assert not (demo / "slides" / "outputs").exists()
    checked = check(demo, lambda words: None, TODAY, executor=named(f"dask://{where}"))
    assert codes(checked.diagnostics) == ["no-executor"]


def test_without_stale_examples_no_cluster_is_asked(demo):
    built(demo)
    report, _ = built(demo, named(f"dask://127.0.0.1:{free_port()}"))
    assert codes(report.diagnostics) == []


class Cluster:
    """A Dask scheduler and its workers, each a process of its own."""

    def __init__(self, folder, scheduler=ROOT):
        self.folder = folder
        self.address = f"127.0.0.1:{free_port()}"
        self.workers = []
        host, port = self.address.split(":")
        self.scheduler = self._start("scheduler", "--host", host, "--port", port, paths=[scheduler])

    def add(self, *paths):
        """One more worker, for which packages lie in these folders."""
        name = f"worker{len(self.workers)}"
        options = ["--no-nanny", "--nthreads", "1", "--name", name, "--local-directory", str(self.folder / name)]
        self.workers.append(self._start("worker", f"tcp://{self.address}", *options, paths=paths or [ROOT]))
        return self

    def _start(self, what, *words, paths=()):
        environment = {**os.environ, "PYTHONPATH": os.pathsep.join(map(str, paths))}
        command = [sys.executable, "-m", "dask", what, *words, "--no-dashboard"]
        with (self.folder / f"{what}.{len(self.workers)}.log").open("wb") as log:
            return subprocess.Popen(command, env=environment, stdout=log, stderr=log, cwd=self.folder)

    def ready(self):
        """Wait until all of its workers are there; `client` sees what the cluster does."""
        from distributed import Client

        with Client(f"tcp://{self.address}", timeout=60, set_as_default=False) as client:
            if self.workers:
                client.wait_for_workers(len(self.workers), timeout=60)
        return named(f"dask://{self.address}")

    def busy(self):
        """The first worker that has a child running an example, once there is one."""
        while True:
            for worker in self.workers:
                with contextlib.suppress(psutil.Error):
                    if any("child.py" in " ".join(p.cmdline()) for p in psutil.Process(worker.pid).children()):
                        return worker
            time.sleep(0.05)

    def close(self):
        for process in (*self.workers, self.scheduler):
            process.kill()
            process.wait()


@pytest.fixture
def cluster(tmp_path):
    (tmp_path / "dask").mkdir()
    found = Cluster(tmp_path / "dask")
    yield found
    found.close()


def lengthen(demo):
    """Six examples more, of a second each, that read a data set of 20 MiB."""
    (demo / "demo_examples" / "slow.py").write_text(
        SLOW + "".join(f"\n\ndef number{n}():\n    return size() + scaled({n})\n" for n in range(6)), "utf-8"
    )
    (demo / "data" / "large.bin").write_bytes(bytes(range(256)) * (20 << 12))
    more = "".join(f'\n@import "../demo_examples/slow.py" {{symbol="number{n}" cmd=true}}\n' for n in range(6))
    deck = demo / "slides" / "deck.md"
    deck.write_text(deck.read_text("utf-8") + more, "utf-8")


def test_a_cluster_that_loses_a_worker_gives_the_same_record(demo, copies, cluster):
    lengthen(demo)
    other = copies("other")
    executor = cluster.add().add().add().ready()
    with ThreadPoolExecutor(1) as pool:
        building = pool.submit(built, other, executor)
        child, victim = None, None
        while child is None:  # it may have ended before it is looked at
            victim = cluster.busy()
            child = next(iter(psutil.Process(victim.pid).children()), None)
        victim.send_signal(signal.SIGKILL)
        report, _ = building.result()
    assert victim.wait() == -signal.SIGKILL
    assert [d.message for d in report.diagnostics] == []
    assert report.ran == 13
    child.wait(10)  # ends with its worker
    built(demo)
    assert len(record(demo)) > 20
    assert record(other) == record(demo)


def stopped_for_good(executor, worker):
    """The cluster, of which a worker stops answering just as it is to get its files, and dies later."""

    @contextlib.contextmanager
    def opened():
        with executor() as place:
            worker.send_signal(signal.SIGSTOP)
            threading.Timer(3, worker.kill).start()
            yield place

    return opened


def test_worker_death_during_a_transfer_does_not_hang(demo, copies, cluster):
    lengthen(demo)
    other = copies("other")
    executor = cluster.add().add().add().ready()
    with ThreadPoolExecutor(1) as pool:
        building = pool.submit(built, other, stopped_for_good(executor, cluster.workers[0]))
        try:
            report, _ = building.result(timeout=300)
        except TimeoutError:
            cluster.close()
            raise
    assert [d.message for d in report.diagnostics] == []
    built(demo)
    assert record(other) == record(demo)


def test_a_cluster_whose_only_worker_dies_goes_on_with_the_next(demo, copies, cluster):
    lengthen(demo)
    other = copies("other")
    executor = cluster.add().ready()
    with ThreadPoolExecutor(1) as pool:
        building = pool.submit(built, other, executor)
        cluster.busy().send_signal(signal.SIGKILL)
        cluster.add()
        report, _ = building.result()
    assert [d.message for d in report.diagnostics] == []
    assert report.ran == 13
    built(demo)
    assert record(other) == record(demo)


def install(folder, version):
    """The package `curious`, in a folder for PYTHONPATH."""
    (folder / f"curious-{version}.dist-info").mkdir(parents=True)
    (folder / f"curious-{version}.dist-info" / "METADATA").write_text(f"Name: curious\nVersion: {version}\n")
    (folder / "curious.py").write_text("")
    return folder


def test_a_worker_with_another_version_of_a_package_is_refused(demo, tmp_path, cluster, monkeypatch, edit):
    monkeypatch.syspath_prepend(install(tmp_path / "here", "1.0"))
    edit("demo_examples/shown.py", "def text():\n", "def text():\n    import curious\n\n")
    executor = cluster.add(ROOT, install(tmp_path / "there", "2.0")).ready()
    report, _ = built(demo, executor)
    (found,) = report.diagnostics
    assert found.code == "example-not-run"
    assert "a worker has curious 2.0, not 1.0" in found.message
    assert not (demo / "slides" / "outputs" / "shown.text.txt").exists()
    assert (demo / "slides" / "outputs" / "shown.value.txt").exists(), "what does not need it has run"
    assert not (demo / "site").exists()


@pytest.mark.parametrize("who", ["the scheduler", "worker "])
def test_a_cluster_that_lacks_kejian_is_one_error(demo, tmp_path, who):
    (tmp_path / "dask").mkdir()
    (tmp_path / "empty").mkdir()
    lacking = tmp_path / "empty"
    cluster = Cluster(tmp_path / "dask", scheduler=lacking if who == "the scheduler" else ROOT)
    try:
        cluster.add().add(ROOT if who == "the scheduler" else lacking)
        report, _ = built(demo, cluster.ready())
    finally:
        cluster.close()
    (found,) = report.diagnostics
    assert found.code == "no-executor"
    assert f"at {cluster.address}: {who}" in found.message
    assert f"pip install 'kejian[dask]=={__version__}'" in found.hint
    assert not (demo / "site").exists()


def test_a_cluster_without_workers_is_an_error(demo, cluster, monkeypatch):
    cluster.ready()
    monkeypatch.setattr("kejian.examples.run.dask._COMING", 2)
    report, _ = built(demo, named(f"dask://{cluster.address}"))
    (found,) = report.diagnostics
    assert found.message == f"the Dask cluster at {cluster.address} has no workers"
    assert f"dask worker tcp://{cluster.address}" in found.hint


@pytest.mark.filterwarnings("ignore::RuntimeWarning")  # Dask leaves coroutines behind when its scheduler dies
@pytest.mark.parametrize(
    "dying, words", [("workers", "has no workers"), ("scheduler", "no longer answers")], ids=["workers", "scheduler"]
)
def test_a_cluster_that_dies_is_an_error_and_what_has_run_is_kept(demo, cluster, monkeypatch, dying, words):
    monkeypatch.setattr("kejian.examples.run.dask._COMING", 3)
    monkeypatch.setattr("kejian.examples.run.dask._SECONDS", 3)
    lengthen(demo)
    executor = cluster.add().ready()
    with ThreadPoolExecutor(1) as pool:
        building = pool.submit(built, demo, executor)
        outputs = demo / "slides" / "outputs"
        while not outputs.is_dir() or not any(outputs.iterdir()):
            time.sleep(0.05)
        for process in cluster.workers if dying == "workers" else [cluster.scheduler]:
            process.kill()
        report, _ = building.result()
    assert set(codes(report.diagnostics)) == {"example-not-run"}
    assert all(words in d.message for d in report.diagnostics), [d.message for d in report.diagnostics]
    assert not (demo / "site").exists()
    assert all(path.with_suffix(".json").is_file() for path in outputs.iterdir())
    report, _ = built(demo)
    assert codes(report.diagnostics) == []
    assert report.ran < 13, "what has run before is not run again"


@pytest.mark.filterwarnings("ignore::RuntimeWarning")  # as above
def test_worker_death_after_the_transfer_does_not_hang(demo, cluster, monkeypatch, edit):
    monkeypatch.setattr("kejian.examples.run.dask._COMING", 3)
    edit("demo_examples/shown.py", "def text():\n", "def text():\n    import time\n    time.sleep(30)\n\n")
    cluster.add()
    executor = cluster.add().ready()
    with ThreadPoolExecutor(1) as pool:
        building = pool.submit(built, demo, executor)
        outputs = demo / "slides" / "outputs"
        while not (outputs / "shown.value.json").is_file():
            time.sleep(0.05)
        time.sleep(1)  # all but the sleeper have run
        for process in cluster.workers:
            process.kill()
        report, _ = building.result(timeout=60)
    assert {found.code for found in report.diagnostics} == {"example-not-run"}
    assert all("has no workers" in found.message for found in report.diagnostics)


def test_parcels_are_made_once(demo):
    made = []

    def share(parcel, attempt):
        assert not attempt
        made.append([path for path, _ in parcel])
        return parcel

    with ThreadPoolExecutor(2) as executor:

        @contextlib.contextmanager
        def opened():
            yield RemoteBackend(executor, share)

        built(demo, opened)
    code = [f"demo_examples/{name}.py" for name in ("__init__", "base", "shown")]
    assert sorted(made) == sorted(
        [["data/numbers.txt"], code] * 2
    )  # once for each of two rounds: first records are made twice


class Forgetful(ThreadPoolExecutor):
    """Loses every task that comes with a token instead of its files."""

    def submit(self, run, task, files):
        if any(isinstance(file, str) for file in files):
            lost = Future()
            lost.cancel()
            lost.set_running_or_notify_cancel()
            return lost
        return super().submit(run, task, files)


def test_a_task_that_gets_lost_brings_its_files_itself(demo, copies):
    with Forgetful(2) as executor:

        @contextlib.contextmanager
        def opened():
            yield RemoteBackend(
                executor, lambda parcel, attempt: parcel if attempt else "a token that stands for nothing"
            )

        report, _ = built(demo, opened)
    assert [d.message for d in report.diagnostics] == []
    other = copies("other")
    built(other)
    assert record(other) == record(demo)


def test_the_files_of_a_task_that_gets_lost_may_be_large(demo, cluster, recwarn):
    lengthen(demo)
    with cluster.add().ready()() as place:
        lost = replace(place, share=lambda parcel, _: place.share(parcel, 1), there=bool)
        report, _ = built(demo, lambda: contextlib.nullcontext(lost))
    assert [d.message for d in report.diagnostics] == []
    assert [str(w.message) for w in recwarn if "large graph" in str(w.message)] == []


def test_lost_cluster_does_not_hang(cluster):
    gone = NoExecutorError("it is gone", "start another")
    with cluster.add().ready()() as place:
        waiting = place.executor.submit(time.sleep, 60)
        place.executor.end(gone)
        assert waiting in wait([waiting], timeout=30).done
        assert place.outcome(waiting) in (None, TaskRejected("it is gone", "start another"))
        with pytest.raises(NoExecutorError, match="it is gone"):
            place.share((), 0)


DEADLY = "type('Deadly', (), {'__reduce__': lambda self: __import__('os').kill(__import__('os').getpid(), 9)})()"
"""Ends the worker that it is fetched from."""


def test_a_task_whose_result_was_on_its_way_when_the_scheduler_died_is_lost(cluster):
    with cluster.add().ready()() as place:
        kills = f"__import__('os').kill({cluster.scheduler.pid}, 9) or (int, ())"
        waiting = place.executor.submit(eval, f"type('Deadly', (), {{'__reduce__': lambda self: {kills}}})()")
        assert waiting in wait([waiting], timeout=30).done
        assert place.outcome(waiting) is None


def test_task_cancelled_while_its_result_arrives_does_not_hang(cluster):
    with cluster.add().ready()() as place:
        shared = place.share((("data/file", b"the only copy"),), 0)
        waiting = place.executor.submit(eval, DEADLY, {"shared": shared})
        assert waiting in wait([waiting], timeout=30).done
        assert place.outcome(waiting) is None
