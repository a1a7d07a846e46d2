"""Films and sounds that play by themselves."""

import pytest

from kejian.render.media import started_with_slide


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ('<video autoplay="" src="a.mp4">', '<video data-autoplay="" src="a.mp4">'),
        ("<audio controls autoplay>", "<audio controls data-autoplay>"),
        ('<video title="an autoplay here" autoplay>', '<video title="an autoplay here" data-autoplay>'),
        ("<video data-autoplay>", "<video data-autoplay>"),
        ("<p autoplay>autoplay</p>", "<p autoplay>autoplay</p>"),
        ("<video></video> autoplay", "<video></video> autoplay"),
    ],
)
def test_reveal_starts_them_with_their_slide(written, shown):
    assert started_with_slide(written) == shown
