"""One name for one concept, and the field's words for it: what a newcomer can guess."""

import ast
import re
from collections import defaultdict
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parents[1]
MODULES = sorted((ROOT / "kejian").rglob("*.py"))
TESTS = sorted(path for path in (ROOT / "tests").rglob("*.py") if "fixtures" not in path.parts)
# Names that say nothing of what they stand for. Their successors are in the glossary of docs/architecture.md.
RIDDLES = "Glance Said Memo Setting Surroundings Survey Cut Drawn Verified Round Ran Elsewhere Opener Parcel Refusal "
RIDDLES += "Absence Complaint Opened Rehearsed Material Taken NotOurs Unreadable Manager Handler Utils Helper"
# Code is no person: it has a caller, a process, a reader. Messages say `fix`, and what is reported.
WORDS = re.compile(r"\b(?:who(?:m|so)?ever|(?:no|some|any)body|mends?|mended|stumbles?)\b", re.IGNORECASE)
# A docstring says `return`, `report`, `yield`; what is a name stands in backticks, or before a colon.
REPORTED = re.compile(r"(?<![`.\w])(?:tells?|told)\b(?![:`])")
# Names that read as the rest of a sentence: a reader of a failure sees the name alone.
FRAGMENTS = ("it", "its", "so", "nor", "who", "nobody", "somebody")


@cache
def tree(file):
    return ast.parse(file.read_text("utf-8"))


def classes():
    """The public classes of the package at the top of their modules, each with its module."""
    for module in MODULES:
        for node in tree(module).body:
            if isinstance(node, ast.ClassDef) and not node.name.startswith("_"):
                yield node.name, module.relative_to(ROOT).as_posix()


def named(files):
    """The functions and classes in these files, each with its file."""
    for file in files:
        for node in ast.walk(tree(file)):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
                yield node, file.relative_to(ROOT).as_posix()


def test_no_two_public_classes_have_the_same_name():
    found = defaultdict(list)
    for name, module in classes():
        found[name].append(module)
    assert {name: modules for name, modules in found.items() if len(modules) > 1} == {}


def test_no_class_has_a_name_that_says_nothing():
    assert [one for one in classes() if one[0] in RIDDLES.split()] == []


def test_docstrings_comments_and_messages_speak_of_code_as_of_code():
    lines = ((module, line) for module in MODULES for line in module.read_text("utf-8").splitlines())
    assert [(module.name, line.strip()) for module, line in lines if WORDS.search(line)] == []


def test_docstrings_of_tests_and_names_of_functions_do_so_too():
    nodes = [*named(MODULES), *named(TESTS)]
    spoken = [(node.name.replace("_", " "), ast.get_docstring(node) or "", place) for node, place in nodes]
    assert [one for one in spoken if WORDS.search(f"{one[0]} {one[1]}")] == []


def test_docstrings_report_and_do_not_tell():
    modules = [(tree(path), path.name) for path in MODULES]
    documented = [(ast.get_docstring(node) or "", place) for node, place in (*modules, *named(MODULES))]
    assert len(documented) > 2000
    assert [one for one in documented if REPORTED.search(one[0])] == []


def test_names_of_tests_are_no_fragments():
    names = [(node.name, place) for node, place in named(TESTS) if node.name.startswith("test_")]
    assert [one for one in names if one[0].split("_")[1] in FRAGMENTS] == []
