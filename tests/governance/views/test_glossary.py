from playbook.glossary import terms


def test_every_word_has_an_address(draft, as_):
    html = as_(draft.cast.erin).get("/glossary/").content.decode()

    for term in terms().values():
        assert f'<div id="{term.anchor}"><dt>{term.name}</dt>' in html


def test_the_page_of_a_gate_explains_its_words(waiting, as_):
    world, round_ = waiting

    html = as_(world.cast.hana).get(f"/gates/{round_.pk}/").content.decode()

    assert html.count('id="term-criterion"') == 1
