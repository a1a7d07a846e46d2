"""What Mermaid's engine leaves out is found by comparing what was written with what was drawn."""

import json
import subprocess

import pytest

from kejian.core import toolchain
from kejian.makers.mermaid import left_out

WHOLE = {
    "a graph": "graph LR\n  A[甲] --> B{判断} -->|是| C((圆)) & D([x])\n  B -- 否 --> E[[sub]]\n  E -.-> F ==> G --- H",
    "styles": "graph TD\n  A:::red --> B\n  classDef red fill:#f00\n  class A red\n  style B fill:#0f0\n  %% 注\n"
    '  click A "http://x.y"\n  linkStyle 0 stroke:#f00',
    "groups": "graph LR\n  subgraph S1 [组]\n  X --> Y\n  end\n  Y --> Z",
    "pairs": "graph LR\n  A & B --> C & D\n  A --> A",
    "markup": 'graph TD\n  A[第一行<br/>第二行] --> B["a <b>bold</b> &amp; b (c)"]',
    "states": "stateDiagram-v2\n  [*] --> A\n  A --> B : go\n  state C {\n    D --> E\n  }\n  B --> [*]",
    "a sequence": "sequenceDiagram\n  participant A as 甲\n  actor B\n  A->>B: 你好\n  B-->>A: hi\n"
    "  Note over A,B: 注\n  loop 每天\n  A->>A: self\n  end\n  alt x\n  A-xB: lost\n  else y\n  A-)B: async\n  end",
    "classes": "classDiagram\n  class Animal {\n    +int age\n    +run() void\n  }\n  Animal <|-- Duck\n"
    '  Animal o-- Leg : has\n  Animal "1" --> "*" Food : eats\n  class 动物',
    "entities": "erDiagram\n  CUSTOMER ||--o{ ORDER : places\n  ORDER {\n    int id\n  }",
    "a chart": 'xychart-beta\n  title "T"\n  x-axis [ann, bob]\n  y-axis "Y" 0 --> 10\n  bar [5, 6]',
}
LOST = {
    "an open bracket": ("graph TD\n  A[未闭合 --> B", "未闭合", 2),
    "no blanks": ("graph TD\n  A-->B", "`B`", 2),
    "no blanks between known nodes": ("graph TD\n  A --> B\n  B --> C\n  A-->C", "2 of the 3 connections", 4),
    "a Chinese name": ("graph LR\n  写 --> 读[读书]", "`写`", 2),
    "a slanted shape": ("graph LR\n  A --> B[/斜/] --> C[\\反\\]", "1 of the 2 connections", 2),
    "a note on a state": ("stateDiagram-v2\n  A --> B\n  note right of A: 你好", "你好", 3),
    "a line after a semicolon": ("graph TD\n  A --> B; B --> C", "`C`", 2),
    "a border that a line crosses": (
        "flowchart LR\n  subgraph 组\n  direction TB\n  a --> b\n  end\n  b --> c",
        "1 of the 2 connections",
        0,
    ),
}


@pytest.fixture(scope="session")
def drawn():
    """The engine's drawings of all sources, by one process."""
    tools = toolchain.locate()
    engine = (tools.folder / "node_modules/beautiful-mermaid/dist/index.js").as_uri()
    sources = [*WHOLE.values(), *(source for source, _, _ in LOST.values())]
    code = f"""import {{ renderMermaidSVG }} from {json.dumps(engine)};
        console.log(JSON.stringify({json.dumps(sources)}.map(one => renderMermaidSVG(one, {{ transparent: true }}))))"""
    run = subprocess.run(
        [tools.node, "--input-type=module", "-e", code], capture_output=True, text=True, check=True, encoding="utf-8"
    )
    return dict(zip(sources, json.loads(run.stdout), strict=True))


@pytest.mark.parametrize("source", WHOLE.values(), ids=WHOLE)
def test_nothing_is_left_out(source, drawn):
    assert left_out(source, drawn[source]) == ("", 0)


@pytest.mark.parametrize(("source", "words", "line"), LOST.values(), ids=LOST)
def test_omitted_parts_of_a_diagram_are_reported(source, words, line, drawn):
    message, number = left_out(source, drawn[source])
    assert (words in message, number) == (True, line)
