"""What engines are configured with."""

import json

from kejian.makers.mermaid.theme import CONFIG


def test_the_settings_are_json_and_let_nothing_run():
    assert json.loads(json.dumps(CONFIG))["securityLevel"] == "strict"
