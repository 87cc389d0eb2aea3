import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.clean import body, characters, one_line

STORY = "The ferry sails at nine. It carries 120 people."


@pytest.mark.parametrize(
    "line",
    [
        "The harbour in May. Lena Faro/AFP/Getty Images",
        "The mayor on the quay. (AP Photo/Jane Doe)",
        "Lena Faro/AFP/Getty Images Mayor Lund waves to the ferry on Sunday, 4 May.",
        "Jo Poe/AP The lighthouse at dusk.",
        "A crowd on the pier. Jane Doe / EPA / TASS",
        "epa01234567 People wait for the ferry in Port Maren, 18 August 2020. EPA-EFE/JANE DOE",
        "Photo: Lena Faro",
        "Photo: The Old Mill Bridge at dusk. (Getty Images)",
        "Picture: Is this the last ferry? It may be. (AFP/Lena Faro)",
        "The lighthouse at Cape Roon, seen on Sunday. REUTERS/Jo Poe",
        "REUTERS/Jo Poe/File Photo",
        "Related article: Ferry put off",
        "More:What to know about the ferry",
        "READ MORE: How the cable was laid",
        "Read More",
        "Read more here.",
        "Advertisement",
        "Share this article on Facebook",
        "12 comments",
        "Please peer review 3 community comments before your comment can be posted",
        "Sign up for our free newsletter to get stories like this in your inbox.",
        "Follow Lena Faro on Twitter: @lenafaro.",
        "Contributing: Ada Moreau and Marc Oyelaran",
        "___",
        "We will use the information you provided to run your account.",
        "JUST WATCHED The ferry leaves Port Maren Replay More Videos ... MUST WATCH The ferry leaves Port Maren 02:27",
        "Photos: The ferry leaves Port Maren People wait on the quay in the rain on 4 May.",
        "JUST WATCHED",
        "More Videos ...",
        "MUST WATCH",
        "See the ferry leave the quay 01:39 - Source: CNN",
        "Who runs the ferry? Subscribe to the weekly Harbour newsletter",
        "HARBOUR NEWS: Get the latest headlines straight to your inbox",
        "(You can also get “Harbour Today” delivered to your inbox. Sign up here.)",
        "A version of this story appeared in our Harbour newsletter, twice a week. Sign up here.",
        "This story has been updated with additional details Thursday.",
        "Editor’s Note: Lena Faro is a harbour pilot. The views expressed in this commentary are her own.",
        "Lena Faro covers the harbour for the Courier. Reach her at lfaro@courier.example or on Twitter @lenafaro.",
        "Twitter: @lenafaro",
        "— Ada Moreau, Marc Oyelaran and Lena Faro in Port Maren contributed to this report.",
        "From wire reports",
        "Associated Press",
        "Check the ferry's times here >>>",
        "Click here to see more pictures of the ferry.",
        "Take our weekly news quiz to see if you are right!",
        "Prices were accurate at the time of writing, and ours to change.",
    ],
)
def test_a_line_that_is_no_story_goes_whole(line: str) -> None:
    assert body(f"{STORY}\n\n{line}\n\n{STORY * 9}") == f"{STORY}\n\n{STORY * 9}"


@pytest.mark.parametrize(
    "line",
    [
        "MOSCOW, Aug 19 (Reuters) - The Kremlin said on Wednesday that it saw no need.",
        "More than 300 people signed up for the newsletter, the council said.",
        "He shared the photo on Facebook and followed up with a letter.",
        "The photographer works for Reuters.",
        "PORT MAREN/Reuters The ferry sails.",
        "Port Maren/Tollen Ferries AP reports a delay of two hours.",
        "Read the letter: that was all he asked.",
        "Contact with the ship was lost at noon.",
        "Follow the money, she said.",
        "By Monday 40 comments had been filed.",
        "Getty Images sued the firm over 12 million pictures.",
        "Photo finish: the Kittiwake won by a metre.",
        "Like many on Twitter, he doubted the bill.",
        "(The council denies this.)",
        "Photo: that was the one word on the wall. Nobody knew who wrote it.",
        "Photos: that was all he brought home from the island.",
        "Picture: the bridge at dusk. (The mayor paid for it.)",
        "The ferry sails again. (Reuters)",
        "He denied it all. REUTERS/Ipsos asked 900 people.",
        "She left the pier. AP/Reuters pool rules apply",
        "He reads Reuters/Jo Poe",
        "Subscribers to the theatre pay 40 euros.",
        "Scientists from 12 countries contributed to this report.",
        "The reporter asked him to write to her at noon.",
        "Anyone who saw the ferry may contact Officer Ray at 555-0100 or ray@police.example.",
        "This story was updated to correct the number of passengers.",
        "The council said: What the ferry costs is no secret to anybody here",
        "Cost:40 euros for two",
        "By 10:45 the ferry had left with all of its passengers",
        "Port Maren:The ferry is late again, the harbour master said.",
        "The view expressed by Associated Press",
        "He clicked on the notice and said >> was no sign.",
        "Ticket prices:What the ferry costs from May, and for whom",
        "Click here, she told the pupils, and the ferry comes up. They did.",
    ],
)
def test_a_sentence_of_the_story_stays(line: str) -> None:
    assert body(f"{STORY}\n\n{line}\n\n{STORY}") == f"{STORY}\n\n{line}\n\n{STORY}"


def test_the_staff_credit_is_cut_from_the_end_of_its_paragraph() -> None:
    assert body("He left. (Reporting by A. Faro and B. Ray; editing by C. Lund/D. Moe)") == "He left."
    assert body("He left (for good).") == "He left (for good)."


def test_headlines_in_a_longer_row_are_a_list_or_an_interview() -> None:
    row = "\n".join(f"Question {name}:How did the ferry come to be late" for name in ("one", "two", "three"))
    assert body(f"{STORY}\n{row}\n{STORY}") == f"{STORY}\n{row}\n{STORY}"


@pytest.mark.parametrize(
    "opening", ["(CNN)", "(CNN) ", "(Reuters) - ", "(CNN Business) ", "PORT MAREN, Norway (AP)", "Port Maren (CNN)"]
)
def test_an_agency_that_is_glued_to_the_first_sentence_goes(opening: str) -> None:
    assert body(f"{opening}The ferry sails at nine.") == "The ferry sails at nine."


@pytest.mark.parametrize("dateline", ["London CNN —", "(Reuters)", "Port Maren CNNBusiness —"])
@pytest.mark.parametrize("above", ["", "Editor’s Note: Affected by the storm? Read our page for slow connections."])
def test_a_dateline_is_removed_with_the_lines_above_it(dateline: str, above: str) -> None:
    assert body(f"{above}\n\n{dateline}\n\n{STORY}") == STORY


def test_a_dateline_in_the_first_words_ends_what_is_above_it_too() -> None:
    assert body(f'On Sunday: "The Crossing" at 10 p.m.\n\n(CNN) {STORY}') == STORY


def test_a_correction_above_the_dateline_stays() -> None:
    correction = "An earlier version of this story misstated the ferry's length."
    assert body(f"{correction}\n\nLondon CNN —\n\n{STORY}") == f"{correction}\n\n{STORY}"


def test_a_dateline_inside_a_story_removes_nothing() -> None:
    above = "\n\n".join([STORY * 3] * 9)
    assert body(f"{above}\n\nLondon CNN —\n\n{STORY}") == f"{above}\n\n{STORY}"


@pytest.mark.parametrize("line", ["PORT MAREN (AP) — The ferry sails.", "He reads (CNN) and sails.", "(CNN)."])
def test_a_dateline_with_a_place_stays(line: str) -> None:
    assert body(f"{STORY}\n{line}") == f"{STORY}\n{line}"


def test_a_click_is_cut_from_the_end_of_its_paragraph() -> None:
    assert body("Watch the ferry turn. (Click here to view)") == "Watch the ferry turn."


def test_a_gallery_keeps_its_captions() -> None:
    gallery = "The pier. Lena Faro/AP\nThe quay. Lena Faro/AP"
    assert body(gallery) == gallery


def test_characters_that_break_stores_are_left_out() -> None:
    assert characters("a\x00b\u202ec\ufeff\r\nd\re\ud800") == "abc\nd\ne\ufffd"


def test_a_character_is_kept_or_removed_regardless_of_its_neighbours() -> None:
    assert all(characters(sign) == characters(f"\x00{sign}") for sign in map(chr, range(0x10000)))


def test_a_gallery_caption_of_any_length_is_removed() -> None:
    story = STORY * 9
    caption = "The ferry's first trip from the new quay, seen from the harbour wall Hide Caption 12 of 120"
    assert body(f"{story}\n{caption}\n{story}") == f"{story}\n\n{story}"
    assert one_line("  a \n b\u2028c\x07 ") == "a b c"


@given(st.text())
def test_cleaned_text_can_be_stored_and_adds_nothing(text: str) -> None:
    kept = body(text)
    kept.encode()
    lines = {line.strip() for line in characters(text).split("\n")}
    assert all(line in lines or any(line in whole for whole in lines) for line in kept.split("\n"))


@given(
    st.lists(
        st.sampled_from(
            [STORY, "Read More", "Jane Doe/AP", "", "___", "(Reporting by A. B.)", "(AP) (CNN)It", "Ab:C d e f g"]
        )
    )
)
def test_cleaning_is_idempotent(lines: list[str]) -> None:
    once = body("\n".join(lines))
    assert body(once) == once


@pytest.mark.parametrize(
    "line",
    [
        *(
            "To continue reading, please subscribe",
            "Already a subscriber? Sign in",
            "Subscribe now for 2 crowns a month",
        ),
        *("Get full digital access for 2 crowns a month. Cancel any time.", "Log in or register to read this story."),
        *("This article is for subscribers only.", "You've used all 3 free articles of this month.", "Premium content"),
        *(
            "Bereits Abonnent? Hier anmelden",
            "Dieser Artikel ist exklusiv für Abonnenten.",
            "Déjà abonné ? Connectez-vous",
        ),
        *("Il vous reste 62.5 % de cet article à lire.", "Contenido exclusivo para suscriptores", "Al abonnee? Log in"),
        *("We and our 812 partners use cookies to show you advertising.", "Accept all", "Manage preferences"),
    ],
)
def test_an_offer_of_a_paid_wall_and_a_question_about_cookies_go(line: str) -> None:
    assert body(f"The lighthouse shines.\n{line}\nIt was dark.") == "The lighthouse shines.\n\nIt was dark."


@pytest.mark.parametrize(
    "line",
    [
        "Subscribers to the opera fell by a third last year, its director said.",
        "The paper said it had 40,000 subscribers, who may cancel at any time under the new law, and that most stay.",
        "Get the pier rebuilt, the fishermen asked the council.",
        "The site used cookies without asking, the court found.",
        "Members of the council have used all 3 votes.",
        "You have reached the harbour when you see the tower.",
    ],
)
def test_a_sentence_about_such_offers_stays(line: str) -> None:
    assert body(line) == line


def test_soft_hyphens_go_and_blanks_that_do_not_break_are_blanks() -> None:
    assert (
        characters("Leucht\xadturm\u200b kostet 4,2\xa0Millionen, 3\u202f000")
        == "Leuchtturm kostet 4,2 Millionen, 3 000"
    )
