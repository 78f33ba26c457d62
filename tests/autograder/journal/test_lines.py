"""Entries are there whole or not at all, and what is damaged is told and dropped."""

import stat
import threading

import pytest

from autograder.files import OutputError
from autograder.journal import Lines


@pytest.fixture
def path(tmp_path):
    return tmp_path / "journal" / "01.journal"


def told(lines):
    return [entry["n"] for _, entry in lines.entries()]


def written(path, count=4):
    """A file of some entries, as its lines."""
    with Lines(path) as lines:
        for n in range(count):
            lines.append({"n": n, "text": "\ud800 é \n"})
    return path.read_bytes().splitlines(keepends=True)


def test_entries_are_read_back_in_order_and_by_their_place(path):
    with Lines(path) as lines:
        assert lines.empty
        places = [lines.append({"n": n}) for n in range(3)]
        assert not lines.empty
        assert [lines.read(place)["n"] for place in reversed(places)] == [2, 1, 0]
    with Lines(path) as lines:
        assert [place for place, _ in lines.entries()] == places
        assert told(lines) == [0, 1, 2]
        assert not lines.dropped


def test_only_its_owner_may_read_it(path):
    written(path)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700


def test_wherever_the_last_line_is_torn_it_alone_is_dropped_and_told_once(path):
    whole = b"".join(written(path))
    last = len(written(path, 1)[-1])
    for missing in range(1, last, 7):
        path.write_bytes(whole[:-missing])
        with Lines(path) as lines:
            assert told(lines) == [0, 1, 2]
            (line,) = lines.dropped
            assert line.startswith(f"the last entry of {path} was torn and is dropped")
            lines.append({"n": 9})
        with Lines(path) as lines:
            assert told(lines) == [0, 1, 2, 9]
            assert not lines.dropped


def test_whatever_byte_is_damaged_its_entry_alone_is_dropped(path):
    lines_before = written(path)
    for place in range(len(lines_before[2]) - 1):
        line = bytearray(lines_before[2])
        line[place] ^= 0x40
        path.write_bytes(b"".join([*lines_before[:2], line, *lines_before[3:]]))
        with Lines(path) as lines:
            assert told(lines) == [0, 2, 3]
            assert any(f"line 3 of {path} was damaged" in line for line in lines.dropped)


@pytest.mark.parametrize("content", [b"", b"something else\n", b'{"format": 1}\n'])
def test_what_is_no_journal_is_begun_anew(path, content):
    path.parent.mkdir()
    path.write_bytes(content)
    with Lines(path) as lines:
        assert lines.empty
        assert "begun anew" in lines.dropped[0]
        lines.append({"n": 1})
    with Lines(path) as lines:
        assert told(lines) == [1]


def test_threads_do_not_come_in_each_others_way(path):
    def add(number):
        for n in range(50):
            assert lines.read(lines.append({"n": (number, n), "text": "x" * 5000}))["n"]

    with Lines(path) as lines:
        threads = [threading.Thread(target=add, args=(number,)) for number in range(4)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    with Lines(path) as lines:
        assert not lines.dropped
        assert sorted(told(lines)) == [[number, n] for number in range(4) for n in range(50)]


@pytest.mark.parametrize("replaced", [False, True])
def test_a_file_that_is_gone_is_noticed(path, replaced):
    with Lines(path) as lines:
        lines.append({"n": 0})
        path.rename(path.with_name("away"))
        if replaced:
            path.write_bytes(b"")
        with pytest.raises(OutputError, match=r"01.journal cannot be written: .*; mend that"):
            lines.append({"n": 1})
    assert b'"n":1' not in path.with_name("away").read_bytes()


def test_what_a_killed_writer_left_beside_it_is_deleted(path):
    written(path)
    (path.parent / ".01.journal.abc.draft").write_text("half")
    with Lines(path) as lines:
        assert told(lines) == [0, 1, 2, 3]
    assert list(path.parent.iterdir()) == [path]
