"""Whom the preview answers, by what a browser says of who asks."""

import pytest
from starlette.datastructures import Headers

from kejian.live.guard import foreign


@pytest.mark.parametrize(
    "headers, expected",
    [
        ({}, False),
        ({"sec-fetch-site": "same-origin", "sec-fetch-mode": "no-cors"}, False),
        ({"sec-fetch-site": "none", "sec-fetch-mode": "navigate"}, False),
        ({"sec-fetch-site": "cross-site", "sec-fetch-mode": "navigate", "sec-fetch-dest": "document"}, False),
        ({"sec-fetch-site": "cross-site", "sec-fetch-mode": "navigate", "sec-fetch-dest": "iframe"}, True),
        ({"sec-fetch-site": "cross-site", "sec-fetch-mode": "no-cors", "sec-fetch-dest": "script"}, True),
        ({"sec-fetch-site": "same-site", "sec-fetch-mode": "cors"}, True),
        ({"origin": "http://localhost:8917"}, False),
        ({"origin": "http://localhost:8918"}, True),
        ({"origin": "https://localhost:8917"}, True),
        ({"origin": "http://attacker.invalid"}, True),
        ({"origin": "null"}, True),
        ({"origin": ""}, True),
    ],
)
def test_another_site_is_foreign(headers, expected):
    assert foreign(Headers({"host": "localhost:8917"} | headers)) is expected
