import pytest

from bot.question.people import people


@pytest.mark.parametrize(
    ("name", "text", "person"),
    [
        ("Ines Okafor", "The pier was opened by Ines Okafor, 42, in May.", "Ines Okafor"),
        ("Ines Okafor", "Ines Okafor (42) opened the pier.", "Ines Okafor"),
        ("Mayor Ines Okafor", "Mayor Ines Okafor opened the pier.", "Ines Okafor"),
        ("Norwegian Prime Minister Ines Okafor", "Norwegian Prime Minister Ines Okafor spoke.", "Ines Okafor"),
        ("Ines Okafor", "It was for Ines Okafor. “It is long,” Okafor said.", "Ines Okafor"),
        ("Jean-Luc O’Hara", "A letter by actor Jean-Luc O’Hara.", "Jean-Luc O’Hara"),
        ("Ines Okafor", "The pier was opened by Ines Okafor.", None),
        ("Mill Palace", "It rained on Mill Palace. The Palace said so. Mill Palace said more.", None),
        ("Disease Control", "The Centers for Disease Control and the Bureau of Control said so.", None),
        ("Mayor Okafor", "Mayor Okafor, 42, spoke.", None),
        ("Ines Okafor's Pier", "Mayor Ines Okafor's Pier, 42, opened.", None),
        ("PICTURE OF THE WEEK", "PICTURE OF THE WEEK, 42, opened.", None),
        ("Although Okafor", "Although Okafor waited, Okafor said nothing.", None),
        ("See Ines Okafor", "See Ines Okafor. It was Ines Okafor, and Okafor said so.", None),
    ],
)
def test_a_name_is_a_persons_where_an_age_a_title_or_a_family_name_that_speaks_shows_it(
    name: str, text: str, person: str | None
) -> None:
    assert list(people([name], [text])) == ([person] if person else [])
