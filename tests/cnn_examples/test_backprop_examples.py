"""What the slides on backpropagation print."""

from cnn_examples import backprop_examples as examples


def test_all_three_gradients_agree_with_tensorflow(capsys):
    examples.gradients()
    assert capsys.readouterr().out.splitlines() == [f"对 {name} 的导数与 TensorFlow 一致：True" for name in "bWA"]


def test_swapping_the_operands_turns_the_result(capsys):
    examples.the_order_matters()
    assert capsys.readouterr().out.splitlines()[-1] == "True"


def test_the_recursions_carry_an_error_through_two_layers(capsys):
    examples.two_layers()
    assert capsys.readouterr().out == "True\n"


def test_where_relu_cut_off_no_error_passes():
    assert examples.through_convolution().tolist() == [[1, 2, 0], [3, 3, -2], [0, -3, -4]]
