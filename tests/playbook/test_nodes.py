import pytest
import yaml

from playbook import nodes
from playbook.load import read
from playbook.nodes import read_yaml
from playbook.shapes import PlaybookError


def refusal(text: str | bytes) -> PlaybookError:
    data = text.encode() if isinstance(text, str) else text
    with pytest.raises(PlaybookError) as caught:
        read_yaml("some.yaml", data)
    return caught.value


def test_plain_words_numbers_and_truths_are_read_with_their_lines():
    node = read_yaml("some.yaml", b"a: 1\nb:\n  - word\n  - 'yes'\nc: true\nd: {e: -3}\n")

    assert node.plain == {"a": 1, "b": ["word", "yes"], "c": True, "d": {"e": -3}}
    assert node.value["b"].value[1].line == 4
    assert node.value["d"].value["e"].line == 6


def test_quoted_and_block_texts_stay_texts():
    node = read_yaml("some.yaml", b"a: \"1\"\nb: 'true'\nc: >-\n  90\nd: |\n  1\n  2\n")

    assert node.plain == {"a": "1", "b": "true", "c": "90", "d": "1\n2\n"}


@pytest.mark.parametrize(
    ("text", "line", "reason"),
    [
        ("a: 1\nb: 2\na: 3\n", 3, "“a” stands here twice, first on line 1"),
        ("x:\n  a: 1\n  a: 2\n", 3, "twice, first on line 2"),
        ("- {a: 1, a: 2}\n", 1, "stands here twice"),
        ("a: &one 1\nb: *one\n", 1, "anchors and aliases"),
        ("a: &one [1]\n", 1, "anchors and aliases"),
        ("b: *one\n", 1, "anchors and aliases"),
        ("a: !!python/object/apply:os.system [ls]\n", 1, "tag"),
        ("a: 1\nb: !secret x\n", 2, "tag"),
        ("a:\n\t- 1\n", 2, "a tab"),
        ('a: "x\ty"\n', 1, "a tab"),
        ("a: 1\n---\nb: 2\n", 2, "a second document"),
        ("%YAML 1.1\n---\na: 1\n", 1, "directives"),
        ("", 1, "the file is empty"),
        ("# only a remark\n", 1, "the file is empty"),
        ("a: 1\nb:\n", 2, "no value"),
        ("a: yes\n", 1, "in quotes"),
        ("a: 1\nb: 1.5\n", 2, "in quotes"),
        ("a: 2026-01-01\n", 1, "in quotes"),
        ("a: 0x10\n", 1, "in quotes"),
        ("a: 007\n", 1, "in quotes"),
        ("a: 12:30\n", 1, "in quotes"),
        ("a: null\n", 1, "in quotes"),
        ("a: 1_000\n", 1, "in quotes"),
        ("a: <<\n", 1, "in quotes"),
        ("a: " + "9" * 5000 + "\n", 1, "too large"),
        ("a: 1\n2: b\n", 2, "a key must be a word"),
        ("a: [1, 2\nb: 3\n", 2, ""),
        ("a: 'open\n", 2, ""),
        ("a: 1\n  b: 2\n", 2, ""),
        ("a: " + "[" * 40 + "]" * 40 + "\n", 1, "nested more than"),
        ('a: "\\ud800"\n', 1, ""),
        ('a: "e\\u0301"\n', 1, "cannot be signed"),
        ('a: "\\u0007"\n', 1, "cannot be signed"),
        ("a: 1\nb: e\u0301\n", 2, "NFC"),
        (b"a: 1\nb: \xff\n", 2, "not UTF-8"),
        (b"a: \x07\n", 1, ""),
        (b"#" * (256 * 1024 + 1), 1, "larger than 256 KB"),
    ],
)
def test_what_is_not_plain_is_refused_with_its_line(text, line, reason):
    error = refusal(text)

    assert (error.file, error.line) == ("some.yaml", line)
    assert reason in error.reason
    assert str(error).startswith(f"some.yaml:{line}: ")


def test_ten_thousand_open_brackets_are_refused_not_crashed_on():
    assert refusal("a: " + "[" * 10_000).line > 0


def test_without_the_c_parser_the_same_is_read_and_refused(monkeypatch, folder, playbook):
    monkeypatch.setattr(nodes, "LOADER", yaml.SafeLoader)

    assert read(folder) == playbook
    assert "cannot be signed" in refusal('a: "\\ud800"\n').reason
    assert refusal("a: 1\na: 2\n").line == 2
    assert refusal("b: *one\n").line == 1
    assert "no value" in refusal("a: 1\nb:\n").reason
    assert "in quotes" in refusal("a: yes\n").reason
