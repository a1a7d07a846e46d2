"""What the pages themselves say, in the course's language: Chinese, or English for every other one."""

from __future__ import annotations

from collections.abc import Mapping

_CHINESE: Mapping[str, str] = {
    "corner": "页面",
    "home": "课程目录",
    "toggle": "明暗切换（D）",
    "notebook": "下载为 Jupyter 笔记本",
    "notebook_note": "代码用到的 `%` 在课程文件夹里：请在那里启动 Jupyter。输出是生成课件时运行代码得到的。",
    "skip": "跳到正文",
    "decks": "课件",
    "slides": "页",
    "pages": "文档",
    "below": "↓ 还有 % 行",
    "provenance": "这个输出从何而来（i）",
    "example": "示例",
    "source": "源码",
    "tests": "测试",
    "versions": "版本",
    "key": "键",
    "ran": "运行",
    "nothing": "还没有课件：在 slides/ 下放一个 Markdown 文件。",
}
_ENGLISH: Mapping[str, str] = {
    "corner": "This page",
    "home": "All lectures",
    "toggle": "Light or dark (D)",
    "notebook": "Download as notebook",
    "notebook_note": "The code uses `%` of the course's folder: start Jupyter there. The outputs are what the code "
    "showed when the lecture was built.",
    "skip": "Skip to content",
    "decks": "Lectures",
    "slides": "slides",
    "pages": "Pages",
    "below": "↓ % more lines",
    "provenance": "Where this output comes from (i)",
    "example": "Example",
    "source": "Source",
    "tests": "Tests",
    "versions": "Versions",
    "key": "Key",
    "ran": "Ran",
    "nothing": "No lectures yet: put a Markdown file into slides/.",
}


def words(language: str) -> Mapping[str, str]:
    """The words of the templates by name; `language` is a BCP 47 tag. `%` stands for a number or a name."""
    return _CHINESE if language.lower().split("-")[0] == "zh" else _ENGLISH
