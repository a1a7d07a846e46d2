"""What engines are configured with."""

import json

from kejian.makers.mermaid.theme import CONFIG


def test_it_is_json_and_lets_nothing_run():
    assert json.loads(json.dumps(CONFIG))["securityLevel"] == "strict"
