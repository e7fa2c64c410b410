from journal.acts import act, record
from journal.kinds import Kind
from journal.queries import entries, head, history, installation, opened
from people.models import User


@act
def note(thread, at, actor="test"):
    record(Kind.CLOCK_MOVED, actor=actor, subject=thread, thread=thread, at=at, data={"n": 1})


def test_before_the_founding_there_is_nothing(db):
    assert installation() is None
    assert head() is None
    assert opened(entries()) == []


def test_history_is_one_thread_newest_first(founded, noon):
    ana = User.objects.create(email="ana@example.com", name="Ana", added_at=noon)
    note(founded, noon)
    note(founded, noon, actor=ana)

    by_ana, by_system = opened(history(founded))

    assert (by_ana.seq, by_system.seq) == (4, 3)
    assert (by_ana.actor_key, by_ana.system) == (ana.person_key, "")
    assert (by_system.actor_key, by_system.system) == (None, "test")
    assert by_ana.title == "Demonstration clock moved"
    assert (by_ana.kind, by_ana.at, by_ana.data) == (Kind.CLOCK_MOVED, noon, {"n": 1})
    assert by_ana.private == {}
    assert by_ana.fingerprint == bytes(head().hash).hex()


def test_entries_are_opened_with_one_query(founded, django_assert_num_queries):
    with django_assert_num_queries(1):
        assert [happened.private for happened in opened(entries())] == [{}, {"name": "Harrowgate"}]
