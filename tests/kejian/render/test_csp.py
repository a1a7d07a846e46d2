"""The content security policy."""

from base64 import b64decode
from hashlib import sha256
from pathlib import Path

from kejian.render.csp import alone, policy, popup_hashes

NOTES = Path(__file__).parents[3] / "node_modules/reveal.js/dist/plugin/notes.js"


def test_nothing_is_allowed_from_elsewhere():
    rules = dict(rule.split(" ", 1) for rule in policy().split("; "))
    assert rules["default-src"] == "'none'"
    assert rules["script-src"] == "'self'"
    assert not any(word in policy() for word in ("http", "*", "unsafe-eval"))


def test_a_course_may_allow_scripts():
    assert "script-src 'self' 'unsafe-inline';" in policy("'unsafe-inline'")


def test_frames_of_hosts_that_are_allowed_stay_so_in_a_single_file():
    known = policy("'sha256-a='", ["https://a.example"])
    assert "frame-src 'self' https://a.example;" in known
    assert "frame-src 'self' https://a.example;" in alone(known, ["'sha256-b='"])
    assert "frame-src 'self';" in alone(policy(), [])


def test_the_hash_is_of_the_script_that_the_plugin_writes():
    plugin = r"w.document.write(`<p>\x41</p><script>a = '\\?'; b = \`c\`<\/script>`)"
    expected = sha256(b"a = '\\?'; b = `c`").digest()
    assert b64decode(popup_hashes(plugin).removeprefix("'sha256-").rstrip("'")) == expected


def test_reveals_own_plugin_has_one_script():
    assert popup_hashes(NOTES.read_text(encoding="utf-8")).count("sha256-") == 1


def test_a_plugin_that_writes_no_window_needs_no_hash():
    assert popup_hashes("nothing") == ""
