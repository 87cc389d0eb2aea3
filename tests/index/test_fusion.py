import pytest

from index.fusion import RANK_CONSTANT, fuse


def test_what_stands_in_both_rankings_comes_before_the_first_of_one() -> None:
    scores = fuse([[1, 2, 3], [4, 2, 5]])
    assert max(scores, key=scores.__getitem__) == 2
    assert scores[2] == pytest.approx(2 / (RANK_CONSTANT + 2))


def test_no_rankings_give_no_scores() -> None:
    assert fuse([]) == {}
    assert fuse([[], []]) == {}
