"""Diagrams as a real browser draws them with the fonts a page brings: no label runs over its box."""

import shutil
from pathlib import Path

import pytest

from kejian.core import toolchain
from kejian.core.diagnostics import Span
from kejian.core.model import Diagram
from kejian.makers.node_pool import Worker
from kejian.makers.typeset import Typesetter
from kejian.render import fonts
from tests.kejian.makers.filled import filled

sync_api = pytest.importorskip("playwright.sync_api", reason="pip install playwright to test drawings in a browser")
BROWSER = shutil.which("chromium") or shutil.which("google-chrome")
pytestmark = [pytest.mark.slow, pytest.mark.skipif(BROWSER is None, reason="no browser on PATH")]

DOT = """digraph { node [shape=box fontname="EBG,fzlz"]
"卷积层：五乘五的卷积核，步幅为一，没有填充" -> "池化" -> "Wide WWW MMM 输出"
r [shape=record label="左半|{上面的一个很长很长的中文标签|下面}|右"]
t [shape=plaintext label=<<table cellspacing="0"><tr><td>通道<b>加粗的中文标签</b></td></tr></table>>]
c [shape=circle label="圆形里的中文"] d [shape=diamond label="判断是否已经收敛？" fontname="Noto Sans Bold"]
m [fontname="JetBrains Mono" label="conv2d(x, 核)"] }"""
MERMAID = "graph LR\n a[卷积层：五乘五的卷积核]-->b(最大池化 max pooling)\n b --> c([输出的概率 WWW MMM])"
CLASSES = "classDiagram\n class 卷积神经网络 {\n +int WMWMWMWM\n +forward(输入的张量) 张量\n }\n class MMMMMMMMMM"
STATES = "stateDiagram-v2\n [*] --> 静止不动的状态\n 静止不动的状态 --> Moving_W : 开始"
ENTITIES = 'erDiagram\n 客户的地址 ||--o{ ORDER_WWW : 下单\n ORDER_WWW {\n int number PK "订单的编号"\n }'
MIND = "mindmap\n 根((卷积神经网络的结构))\n  经典的网络\n  a much longer label of many words that is broken"
BLOCKS = 'block-beta\n columns 2\n a["甲甲甲甲甲"] b["WWWWWWWW"]'

OVER = """() => [...document.querySelectorAll("g.node")].flatMap((node) => {
  const shapes = [...node.querySelectorAll("polygon, ellipse, path, rect, circle")];
  const boxes = shapes.map((one) => one.getBoundingClientRect());
  const left = Math.min(...boxes.map((box) => box.left)), right = Math.max(...boxes.map((box) => box.right));
  return [...node.querySelectorAll("text")].filter((text) => {
    const { left: start, right: end, width } = text.getBoundingClientRect();
    return width === 0 || start < left || end > right;
  }).map((text) => text.textContent);
})"""


@pytest.fixture(scope="module")
def page():
    with sync_api.sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=Path(BROWSER), args=["--no-sandbox"])
        yield browser.new_page()
        browser.close()


@pytest.mark.parametrize(
    "source, language, labels",
    [
        (DOT, "dot", 12),
        (MERMAID, "mermaid", 3),
        (CLASSES, "mermaid", 4),
        (STATES, "mermaid", 2),
        (ENTITIES, "mermaid", 6),
        (MIND, "mermaid", 3),
        (BLOCKS, "mermaid", 2),
    ],
)
def test_labels_lie_inside_their_boxes(page, source, language, labels):
    tools = toolchain.locate()
    maker = Typesetter(Worker(lambda: tools), {})
    (drawn,) = filled(maker, [Diagram(source, language, "dot", Span("a.md"))]).values()
    css = fonts.css(tools, source)
    page.set_content(f'<style>{css} body {{ font-family: "Kejian Sans" }}</style>{drawn.html}')
    page.evaluate("document.fonts.ready")
    assert page.locator("g.node text").count() == labels
    assert page.evaluate(OVER) == []
