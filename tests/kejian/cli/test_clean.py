"""`clean --outputs`: never on a guess."""

import pytest

from kejian.cli.main import main


@pytest.fixture
def left(demo):
    """The course with an output that no slide quotes."""
    outputs = demo / "slides" / "outputs"
    outputs.mkdir()
    for name in ("shown.gone.txt", "shown.gone.json"):
        (outputs / name).write_text("{}")
    return outputs


def test_outputs_stay_while_a_deck_cannot_be_read(demo, left, capsys):
    """It may be the one that quotes them."""
    (demo / "slides" / "other.md").write_bytes(b"<!-- slide -->\n\xff\n")
    assert main(["clean", "--outputs", str(demo)]) == 1
    assert "slides/other.md:1:1: warning[unreadable]" in capsys.readouterr().err
    assert len(list(left.iterdir())) == 2


def test_outputs_stay_while_the_settings_cannot_be_read(demo, left, capsys):
    (demo / "kejian.toml").write_text("x = [")
    assert main(["clean", "--outputs", str(demo)]) == 1
    assert "error[bad-config]" in capsys.readouterr().err
    assert len(list(left.iterdir())) == 2
