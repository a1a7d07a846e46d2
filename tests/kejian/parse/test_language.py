"""The language of a course that names none."""

import pytest

from kejian.parse.language import USUAL, guessed

CODE = "```python\nfor the_value in of_and_to:\n    return is_it\n```\n"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("# 卷积神经网络\n\n一维的滑动求和，为什么叫卷积", "zh-CN"),
        ("# 卷积\n\n$f * g$ 与 Keras、TensorFlow\n\n" + CODE, "zh-CN"),
        ("# 卷積神經網絡\n\n這是一個數據集的訓練過程", "zh-TW"),
        ("# 畳み込み\n\nこの層は画像のフィルタです", "ja"),
        ("# 합성곱 신경망\n\n이 층은 이미지를 처리한다", "ko"),
        ("# Convolution\n\nThe kernel slides over the image, and the sum is the output.", "en"),
        ("# Gradient descent step by step", "en"),
        ("# Big title\n\nA subtitle\n\nA word, a sum, a name", "en"),
        ("# La convolution\n\nLe noyau glisse sur l'image et la somme est dans la sortie.", "fr"),
        ("# Faltung\n\nDer Kern gleitet über das Bild, und die Summe ist die Ausgabe.", "de"),
        ("# Convolución\n\nEl núcleo se desliza sobre la imagen y la suma es la salida.", "es"),
        ("# Convoluzione\n\nIl nucleo scorre sulla immagine e la somma è il risultato della rete.", "it"),
        ("# Convolução\n\nO núcleo desliza sobre a imagem e a soma é o resultado da rede.", "pt"),
        ("# Свёртка\n\nЯдро скользит по изображению, и сумма есть выход.", "ru"),
        (CODE + "# 卷积", "zh-CN"),
        ("<!-- slide -->\n$the of and$ `is to in`\n", USUAL),
        ("", USUAL),
    ],
)
def test_writing_and_common_words_tell_the_language(text, expected):
    assert guessed([text]) == expected


def test_what_most_decks_are_written_in_counts():
    assert guessed(["# A\n\nThe sum of the parts is what it is.", "# 一\n\n" + "这一页是中文的。" * 20]) == "zh-CN"
