import pytest

from index.search.fusion import fuse


def test_a_row_high_in_both_rankings_beats_the_first_of_one() -> None:
    scores = fuse([([(1, 9.0), (2, 8.0), (3, 1.0)], 0.7), ([(4, 0.8), (2, 0.7)], 0.3)])
    assert max(scores, key=scores.__getitem__) == 2
    assert scores[2] == pytest.approx(0.7 * 8 / 9 + 0.3 * 0.7 / 0.8)


def test_a_bad_match_scores_low_even_in_a_small_archive() -> None:
    scores = fuse([([(1, 9.0), (2, 0.5)], 1.0)])
    assert scores[2] < scores[1] / 10


def test_a_cosine_below_nothing_adds_nothing() -> None:
    assert fuse([([(1, -0.1), (2, -0.2)], 1.0)]) == {1: 0.0, 2: 0.0}


def test_no_rankings_give_no_scores() -> None:
    assert fuse([]) == {}
    assert fuse([([], 1.0)]) == {}
