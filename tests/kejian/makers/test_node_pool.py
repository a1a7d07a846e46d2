"""The Node process, when all goes well and when it does not."""

import subprocess
from collections import Counter
from dataclasses import replace

import pytest

from kejian.core.toolchain import Toolchain
from kejian.makers.node_pool import ROUNDS, JobLoss, Worker, permissions, processes
from tests.kejian.makers.filled import answers

FINE = {"kind": "tex", "source": "x", "display": False}
DEADLY = {"kind": "a kind no engine is for", "source": ""}
# Every node linked to every other: more than any layout finishes in a second.
ENDLESS = {
    "kind": "dot",
    "engine": "dot",
    "source": "digraph {" + ";".join(f"{a}->{b}" for a in range(150) for b in range(a)) + "}",
}


OWN = JobLoss("it ended with status 1", to_blame=True)


def lost(found):
    """What became of jobs without an answer."""
    return [answer if isinstance(answer, JobLoss) else None for answer in found]


def instead(folder, does):
    """A program to be started in place of Node."""
    script = folder / "node"
    script.write_text(f'#!/bin/sh\ntest "$1" = --version && echo v24.0.0 && exit\n{does}\n')
    script.chmod(0o755)
    return script


@pytest.fixture(scope="module")
def worker(tools):
    return Worker(lambda: tools)


def test_answers_come_in_the_order_of_the_jobs(worker):
    found = answers(worker, [{**FINE, "source": f"x_{n}"} for n in range(9)])
    assert [answer["mathml"].count(f"<mn>{n}</mn>") for n, answer in enumerate(found)] == [1] * 9


def test_no_job_needs_no_process():
    assert answers(Worker(lambda: Toolchain(None, None, "")), []) == []


def test_a_job_that_kills_the_process_is_the_only_one_without_an_answer(worker):
    found = answers(worker, [FINE, DEADLY, FINE, FINE])
    assert lost(found) == [None, OWN, None, None]


@pytest.mark.parametrize("jobs", [[DEADLY, FINE, DEADLY, FINE], [DEADLY] * 4 + [FINE] * 2, [DEADLY]], ids=len)
@pytest.mark.slow
def test_several_crashing_jobs_are_blamed(worker, jobs):
    assert lost(answers(worker, jobs)) == [OWN if job is DEADLY else None for job in jobs]


@pytest.mark.slow
def test_a_job_that_hangs_is_the_only_one_without_an_answer(worker):
    found = answers(replace(worker, seconds=6), [FINE, ENDLESS, FINE])
    assert lost(found) == [None, JobLoss("it said nothing for 6 s", to_blame=True), None]


@pytest.mark.slow
def test_a_process_may_take_its_time_as_long_as_it_answers(tools, tmp_path):
    slow = instead(
        tmp_path, """for id in 0 1 2 3 4; do sleep 0.8; echo "{\\"id\\": $id, \\"error\\": \\"no\\"}"; done"""
    )
    found = answers(Worker(lambda: replace(tools, node=slow), seconds=3), [FINE] * 5)
    assert found == [{"id": n, "error": "no", "line": 0} for n in range(5)]


NOT_WELL = {
    "is killed": ("kill -9 $$", "it was killed by SIGKILL"),
    "ends": ("exit 3", "it ended with status 3"),
    "hangs": ("exec sleep 60", "it said nothing for 0.5 s"),
    "stops writing": ('printf \'{"id": 0, "svg"\'; exit 0', "it ended with status 0"),
}


@pytest.mark.parametrize("does, end", NOT_WELL.values(), ids=NOT_WELL)
@pytest.mark.parametrize("jobs", [[FINE], [FINE] * 40], ids=len)
@pytest.mark.slow
def test_when_every_process_ends_or_hangs_no_job_is_to_blame(tools, tmp_path, jobs, does, end):
    worker = Worker(lambda: replace(tools, node=instead(tmp_path, does)), seconds=0.5)
    assert answers(worker, jobs) == [JobLoss(end, to_blame=False)] * len(jobs)


def test_missing_packages_fail_all_jobs(tools, tmp_path):
    found = answers(Worker(lambda: replace(tools, folder=tmp_path)), [FINE, FINE])
    assert lost(found) == [JobLoss("it ended with status 1", to_blame=False)] * 2


@pytest.mark.slow
def test_pool_goes_on_while_processes_answer_anything(tools, tmp_path):
    """Each is killed after three answers, so that at some jobs processes end twice."""
    cut = f'{{ "{tools.node}" "$@"; }} | head -n 3; kill -9 $$'
    worker = Worker(lambda: replace(tools, node=instead(tmp_path, cut)))
    found = answers(worker, [{**FINE, "source": f"x_{{{n}}}"} for n in range(20)])
    assert [answer["mathml"].count(f"<mn>{n}</mn>") for n, answer in enumerate(found)] == [1] * 20


@pytest.mark.slow
def test_jobs_never_reached_are_not_blamed(tools, tmp_path):
    """Each is killed after one answer."""
    cut = f'{{ "{tools.node}" "$@"; }} | head -n 1; kill -9 $$'
    found = answers(Worker(lambda: replace(tools, node=instead(tmp_path, cut))), [FINE] * 30)
    assert Counter(lost(found)) == {None: ROUNDS, JobLoss("it was killed by SIGKILL", to_blame=False): 30 - ROUNDS}


@pytest.mark.slow
def test_formulas_leave_nothing_behind_in_memory(tools, tmp_path):
    starts = tmp_path / "starts"
    little = instead(tmp_path, f'echo start >> "{starts}"; exec "{tools.node}" --max-old-space-size=40 "$@"')
    jobs = [{**FINE, "source": rf"\sum_{{i={n}}} x_{{{n}}}^2"} for n in range(1500)]
    found = answers(Worker(lambda: replace(tools, node=little)), jobs)
    assert lost(found) == [None] * len(jobs)
    assert len(starts.read_text().split()) == processes(len(jobs)), "none had to be started again"


def test_other_code_cannot_be_slipped_in_by_the_environment(worker, monkeypatch):
    monkeypatch.setenv("NODE_OPTIONS", "--require=./nothing-there.cjs")
    assert answers(worker, [FINE])[0] is not None


def test_packages_may_be_a_link(tools, tmp_path):
    (tmp_path / "node_modules").symlink_to(tools.folder / "node_modules")
    assert answers(Worker(lambda: replace(tools, folder=tmp_path)), [FINE])[0]["svg"]


ACTS = """
import fs from "node:fs";
import { createRequire } from "node:module";
import { pathToFileURL } from "node:url";
const require = createRequire(import.meta.url);
const [, , secret, packages] = process.argv;
const attempts = {
  package: () => fs.readFileSync(`${packages}/mathjax/package.json`),
  read: () => fs.readFileSync(secret),
  list: () => fs.readdirSync("/"),
  write: () => fs.writeFileSync(`${secret}.new`, "1"),
  change: () => fs.appendFileSync(`${packages}/mathjax/package.json`, " "),
  remove: () => fs.unlinkSync(secret),
  link: () => fs.symlinkSync("/", `${packages}/link`),
  run: () => require("node:child_process").execSync("id"),
  start: () => require("node:child_process").spawn("id"),
  thread: () => new (require("node:worker_threads").Worker)("1", { eval: true }),
  library: () => process.dlopen({ exports: {} }, secret),
  inspect: () => require("node:inspector").open(0),
};
for (const [name, attempt] of Object.entries(attempts)) {
  let told = "done";
  try { attempt(); } catch (failure) { told = failure.code; }
  console.log(name, told);
}
try { await import(pathToFileURL(secret)); } catch (failure) { console.log("import", failure.code); }
"""


def test_the_process_reads_its_own_code_and_does_nothing_else(tools, tmp_path):
    """What a flaw in an engine would give a hostile formula: Node itself refuses, whatever the script tries."""
    if not tools.confines:
        pytest.skip(reason="this Node cannot be confined")
    (tmp_path / "acts.mjs").write_text(ACTS)
    (tmp_path / "secret.mjs").write_text("export const secret = 1;")
    packages = tools.folder / "node_modules"
    options = [*permissions(tools), f"--allow-fs-read={tmp_path}/acts.mjs"]
    command = [tools.node, *options, tmp_path / "acts.mjs", tmp_path / "secret.mjs", packages]
    told = dict(line.split() for line in subprocess.check_output(command, text=True).splitlines())
    assert told.pop("package") == "done"
    assert told.pop("library") == "ERR_DLOPEN_DISABLED"
    assert len(told) == 11
    assert set(told.values()) == {"ERR_ACCESS_DENIED"}
