import random

import pytest

from initiatives.rules.duplicates import Corpus

ROWS = [
    (1, "Customer-service answer assistant", "Agents search three systems while customers wait."),
    (2, "Dispatch optimiser", "Technicians drive too far because dispatchers plan routes by hand."),
    (3, "CV ranking", "Recruiters read four hundred applications and candidates wait for days."),
    (4, "Invoice coding agent", "Finance staff type cost centres into every invoice by hand."),
    (5, "Company-wide chat assistant", "Staff paste company text into private chat tools."),
]


@pytest.fixture
def corpus():
    return Corpus(ROWS)


@pytest.mark.parametrize(
    ("name", "problem", "found"),
    [
        ("Dispatch optimizer", "", [2]),
        ("Chat assistant", "", [5]),
        ("Customer service assistant", "", [1]),
        ("Routes", "Dispatchers plan the routes by hand, so technicians drive too far.", [2]),
        ("Screening", "Candidates wait for days: recruiters read hundreds of applications", [3]),
        ("INVOICE CODING AGENTS", "Finance staff type cost centres by hand into invoices", [4]),
        ("Onboarding buddy", "New hires wait three weeks for access to a laptop.", []),
        ("Assistant", "", []),
        ("", "", []),
        ("!!!", "???", []),
    ],
)
def test_what_is_alike_is_found_and_nothing_else(corpus, name, problem, found):
    matches = corpus.likely(name=name, problem=problem, limit=3)

    assert [match.id for match in matches] == found
    assert all(0 < match.score <= 100 for match in matches)


def test_the_likeliest_comes_first_and_a_limit_holds():
    rows = [(n, "Dispatch optimiser", "x " * n + ROWS[1][2]) for n in range(1, 9)]
    matches = Corpus([*rows, ROWS[1]]).likely(name=ROWS[1][1], problem=ROWS[1][2], limit=4)

    assert len(matches) == 4
    assert [match.score for match in matches] == sorted(
        (match.score for match in matches), reverse=True
    )


def test_no_initiative_is_left_out_among_thousands():
    words = [f"word{n}" for n in range(900)]
    shuffle = random.Random(7)  # not a secret: the same texts every time
    rows = [
        (n, " ".join(shuffle.sample(words, 3)), " ".join(shuffle.sample(words, 20)))
        for n in range(2_000)
    ]
    corpus = Corpus(rows)

    for id_, name, problem in rows[::97]:
        first = corpus.likely(name=name, problem=problem, limit=1)
        assert [match.id for match in first] == [id_]


def test_words_that_most_texts_share_choose_no_candidates():
    rows = [(n, f"Name {n}", f"common words and thing{n}") for n in range(60)]

    assert Corpus(rows).likely(name="", problem="common words", limit=3) == ()


def test_what_was_prepared_before_gives_the_same_answers(corpus):
    again = Corpus([*ROWS, (6, "Route planner", "Routes are planned by hand.")], earlier=corpus)

    assert again.likely(name=ROWS[0][1], problem="", limit=1) == corpus.likely(
        name=ROWS[0][1], problem="", limit=1
    )
    assert [m.id for m in again.likely(name="Route planner", problem="", limit=1)] == [6]


def test_namesakes_have_the_same_words_and_are_found_however_long_the_list(corpus):
    assert corpus.namesakes("the Optimisers of dispatch") == (2,)
    assert corpus.namesakes("Dispatch") == ()
