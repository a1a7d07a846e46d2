"""The Node process, when all goes well and when it does not."""

import subprocess
from dataclasses import replace

import pytest

from kejian.makers.worker import Worker, permissions
from kejian.toolchain import Toolchain

FINE = {"kind": "tex", "source": "x", "display": False}
DEADLY = {"kind": "a kind no engine is for", "source": ""}
# Every node linked to every other: more than any layout finishes in a second.
ENDLESS = {
    "kind": "dot",
    "engine": "dot",
    "source": "digraph {" + ";".join(f"{a}->{b}" for a in range(150) for b in range(a)) + "}",
}


@pytest.fixture(scope="module")
def worker(tools):
    return Worker(lambda: tools)


def test_answers_come_in_the_order_of_the_jobs(worker):
    answers = worker.run([{**FINE, "source": f"x_{n}"} for n in range(9)], {})
    assert [answer["mathml"].count(f"<mn>{n}</mn>") for n, answer in enumerate(answers)] == [1] * 9


def test_no_job_needs_no_process():
    assert Worker(lambda: Toolchain(None, None, "")).run([], {}) == []


def test_a_job_that_kills_the_process_is_the_only_one_without_an_answer(worker):
    answers = worker.run([FINE, DEADLY, FINE, FINE], {})
    assert [answer is None for answer in answers] == [False, True, False, False]


def test_so_are_two_of_them(worker):
    answers = worker.run([DEADLY, FINE, DEADLY, FINE], {})
    assert [answer is None for answer in answers] == [True, False, True, False]


@pytest.mark.slow
def test_a_job_that_hangs_is_the_only_one_without_an_answer(worker):
    answers = replace(worker, start_seconds=3, job_seconds=0).run([FINE, ENDLESS, FINE], {})
    assert [answer is None for answer in answers] == [False, True, False]


def test_a_process_that_cannot_even_start_answers_nothing(tools, tmp_path):
    nowhere = replace(tools, folder=tmp_path)
    assert Worker(lambda: nowhere).run([FINE, FINE], {}) == [None, None]


def test_other_code_cannot_be_slipped_in_by_the_environment(worker, monkeypatch):
    monkeypatch.setenv("NODE_OPTIONS", "--require=./nothing-there.cjs")
    assert worker.run([FINE], {})[0] is not None


def test_packages_may_be_a_link(tools, tmp_path):
    (tmp_path / "node_modules").symlink_to(tools.folder / "node_modules")
    assert Worker(lambda: replace(tools, folder=tmp_path)).run([FINE], {})[0]["svg"]


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
