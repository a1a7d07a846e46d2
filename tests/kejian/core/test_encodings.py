"""Text in other encodings than UTF-8."""

import random

import pytest

from kejian.core.encodings import decoded, readable

CHINESE = "# 卷积神经网络\n\n**第一步：**打开文件，设置步长与填充；“引号”、（括号）。梯度、反向传播——残差网络……\n"
TAIWAN = "# 卷積神經網路\n\n第一步：打開檔案，設定步長與填充；「引號」、（括號）。\n"
JAPANESE = "# 畳み込み\n\nこれは日本語の文章です。カタカナ、漢字。\n"
KOREAN = "# 합성곱 신경망\n\n첫 번째 단계: 파일을 열고 보폭과 채움을 정한다.\n"
GERMAN = "# Überblick\n\nEin schöner Tag für naïve Ansätze; où ça déjà.\n"
RUSSIAN = "# Привет, мир\n"


@pytest.mark.parametrize(
    ("text", "codec", "name"),
    [
        (CHINESE, "utf-8", ""),
        (CHINESE, "utf-8-sig", ""),
        (CHINESE, "gbk", "GBK"),
        ("姓名,成绩\n张三,90\n", "gbk", "GBK"),
        (CHINESE, "utf-16", "UTF-16"),
        (TAIWAN, "big5", "Big5"),
        (JAPANESE, "shift_jis", "Shift_JIS"),
        (JAPANESE, "euc_jp", "EUC-JP"),
        (KOREAN, "euc_kr", "EUC-KR"),
        (GERMAN, "latin-1", "Latin-1"),
        ("“naïve” café", "cp1252", "Windows-1252"),
        (f"<!-- charset=koi8-r -->\n{RUSSIAN}", "koi8-r", "KOI8-R"),
        (f"# -*- coding: gbk -*-\n{CHINESE}", "gbk", "GBK"),
    ],
)
def test_declared_and_evident_encodings_are_decoded(text, codec, name):
    assert decoded(text.encode(codec)) == (text, name)


@pytest.mark.parametrize("data", [RUSSIAN.encode("cp1251"), b"ok\n\xff\xfe", b"\x89PNG\0\0", "鑫淼焱".encode("gbk")])
def test_ambiguous_text_is_rejected(data):
    with pytest.raises(UnicodeDecodeError):
        decoded(data)
    assert "\ufffd" in readable(data)


def test_random_bytes_are_in_no_encoding():
    chosen = random.Random(1)
    for _ in range(200):
        with pytest.raises(UnicodeDecodeError):
            decoded(b"# a\n\xff" + chosen.randbytes(60))
