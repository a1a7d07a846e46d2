"""A JSON Schema of the settings."""

import json

from kejian.cli.main import main
from kejian.core.config import Course


def test_schema_describes_every_setting(capsys):
    assert main(["schema"]) == 0
    known = json.loads(capsys.readouterr().out)
    assert list(known["properties"]) == list(Course.__struct_fields__)
    assert all(one["description"] for one in known["properties"].values())
    assert known["additionalProperties"] is False
    assert known["properties"]["theme"]["default"] == Course().theme
