from examples.mean import mean, of_squares


def test_mean_of_equal_numbers_is_that_number():
    assert mean([4, 4, 4]) == 4


def test_of_squares_agrees_with_the_formula():
    assert all(of_squares(n) == (n + 1) * (2 * n + 1) / 6 for n in range(1, 50))
