"""What a build of each attack opened, ran, found and wrote. The attacks are `corpus/*.md`."""

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import platformdirs
import pytest
from selectolax.lexbor import LexborHTMLParser

from kejian.core import toolchain
from kejian.core.cores import cores

pytestmark = pytest.mark.xdist_group("attacks")  # whose fixture builds them all: once is enough

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
ACTING = "iframe, object, embed, base, form, frame, frameset, applet, portal, set, animate, use[href^='data:']"
ACTIVE = {".htm", ".xhtml", ".xht", ".xml", ".xsl", ".svgz", ".mht"}


def test_the_corpus_has_no_two_cases_alike(corpus):
    cases = [case for kind in corpus["NAMES"] for case in corpus["cases"](kind)]
    assert len(cases) >= 600
    assert len({(case.text, *case.files.items(), *case.links.items()) for case in cases}) == len(cases)


@pytest.mark.slow
def test_a_build_opens_nothing_outside_the_course(course):
    """Apart from the generator, the interpreter and the packages, which are there before any course is, and the key by
    which this machine knows its own caches again."""
    tools = toolchain.locate()
    state = platformdirs.user_state_path("kejian")
    code = [
        sys.prefix,
        sys.base_prefix,
        ROOT / "kejian",
        ROOT / "templates",
        tools.folder / "node_modules",
        tools.cache,
        state,
    ]
    below = [*map(os.path.realpath, (*code, course.folder)), "/proc/self", "/usr/share/zoneinfo"]
    exactly = {str(ROOT), str(HERE), str(tools.folder / "package-lock.json"), os.devnull, "/etc/localtime"}
    exactly.add(str(tools.folder / ".kejian" / "made-here"))
    exactly |= {str(folder) for folder in state.parents}  # which are made where they are missing
    outside = {path for path in course.told["opened"] if not any(Path(path).is_relative_to(one) for one in below)}
    assert outside <= exactly


@pytest.mark.slow
def test_a_build_starts_nothing_but_the_worker_and_reaches_no_network(course):
    """A forked process is the build itself: what it opens and does is told, and judged, with the rest."""
    node = str(toolchain.locate().node)
    assert {tuple(act) for act in course.told["acts"]} <= {
        ("subprocess.Popen", node),
        ("subprocess.Popen", sys.executable),
        ("os.fork",),
    }


@pytest.mark.slow
@pytest.mark.skipif(cores() < 2, reason="a build on one core forks nothing")
def test_forked_processes_are_traced_too(tmp_path):
    course = tmp_path / "course"
    (course / "slides").mkdir(parents=True)
    decks = [course / "slides" / f"{number}.md" for number in range(4)]
    for deck in decks:
        deck.write_text("<!-- slide -->\n\n# 一\n\n" + "一段文字。\n" * 3000, "utf-8")
    done = subprocess.run([sys.executable, HERE / "watched.py", course], stdout=subprocess.PIPE, text=True, check=True)
    told = json.loads(done.stdout)
    assert ["os.fork"] in told["acts"]
    assert {str(deck.resolve()) for deck in decks} <= set(told["opened"])


@pytest.mark.slow
def test_a_build_says_what_is_wrong_and_never_fails_by_itself(attack):
    assert attack.course.told["raised"] == ""
    assert set(attack.case.finds) <= attack.codes


@pytest.mark.slow
def test_all_attacks_together_take_little_memory(courses):
    """One process builds them all; any that grows without bounds would show. In MiB."""
    assert 0 < max(course.told["peak"] for course in courses.values()) < 400


@pytest.mark.slow
def test_a_page_shows_and_hides_what_it_should(attack):
    assert [words for words in attack.case.shows if words not in attack.page] == []
    assert [words for words in attack.case.hides if words in attack.page] == []


@pytest.mark.slow
def test_the_secret_is_nowhere(course, corpus):
    token = corpus["TOKEN"].encode()
    assert token.decode() not in str(course.told)
    files = (path for path in course.folder.rglob("*") if path.is_file())
    inside = (path for path in files if path.resolve().is_relative_to(course.folder.resolve()))
    assert [path for path in inside if token in path.read_bytes()] == []


@pytest.mark.slow
def test_nothing_was_written_outside_the_site_and_the_cache(course, corpus):
    """Neither by code of the course, which would leave a file `pwned.txt`, nor through a link."""
    around = course.folder.parent
    beside = {
        path.relative_to(around).as_posix() for path in around.rglob("*") if not path.is_relative_to(course.folder)
    }
    assert beside == {"beside", *corpus["SECRETS"]}
    assert {path.name for path in course.folder.iterdir()} <= {"site", ".kejian", "slides", *course.written}


@pytest.mark.slow
def test_a_page_holds_nothing_that_acts(attack):
    """As a browser parses it: scripts are ours; there are no handlers, no frames, no addresses that act."""
    tree = LexborHTMLParser(attack.page, scripting=True)
    assert [node.html for node in tree.css("script:not([type='application/json'])") if not ours(node)] == []
    assert [node.html for node in tree.css(ACTING)] == []
    for node in tree.css("*"):
        for key, value in node.attributes.items():
            address = re.sub(r"[\x00-\x20]+", "", value or "").lower()
            assert not key.startswith("on")
            assert key not in ("href", "src") or not address.startswith(("javascript:", "vbscript:", "data:text"))


def ours(script):
    own = {file.read_text("utf-8").strip() for file in (ROOT / "templates" / "theme").glob("*.js")}
    return script.text().strip() in own or re.fullmatch(r"(\.\./)*_kejian/\w+\.js", script.attributes.get("src") or "")


@pytest.mark.slow
def test_a_site_holds_no_page_but_those_of_the_generator(course):
    for file in (course.folder / "site").rglob("*"):
        assert file.suffix not in ACTIVE
        if file.suffix == ".html":
            text = file.read_text("utf-8")
            assert '<meta name="generator" content="Kejian">' in text
            assert "script-src 'self'" in text.replace("&#39;", "'") or ".single." in file.name


@pytest.mark.slow
@pytest.mark.skipif(shutil.which("strace") is None, reason="apt-get install strace to watch Node as well")
@pytest.mark.parametrize("kind", ["tex", "diagrams"])
def test_the_system_sees_no_file_outside_and_no_network(kind, corpus, tmp_path):
    """Python and Node, as the kernel sees them."""
    course = tmp_path / "around" / "course"
    corpus["write"](corpus["cases"](kind), course)
    calls = "open,openat,openat2,readlink,execve,connect,unlink,unlinkat,rename,mkdir,symlink"
    watched = ["strace", "-f", "-qq", "--seccomp-bpf", "-s", "300", "-o", tmp_path / "log", f"-etrace={calls}"]
    subprocess.run([*watched, sys.executable, HERE / "watched.py", course], check=True, stdout=subprocess.DEVNULL)
    log = (tmp_path / "log").read_text()
    assert log.count('node", ["') == 1, "Node was watched"
    assert set(re.findall(r'execve\("([^"]+)"', log)) <= {sys.executable, str(toolchain.locate().node)}
    assert "AF_INET" not in log
    named = set(re.findall(rf'"({re.escape(str(course.parent))}[^"]*)"', log))
    assert [name for name in named if not Path(name).is_relative_to(course) and Path(name) != course.parent] == []
    assert any(name.endswith(".md") for name in named), "files were watched"
