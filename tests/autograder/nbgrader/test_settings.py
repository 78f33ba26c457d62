import pytest
from nbgrader.apps import NbGraderApp
from nbgrader.converters import Autograde
from nbgrader.preprocessors import Execute
from traitlets.utils.importstring import import_item

from autograder.nbgrader import write_config
from autograder.preprocessor import WalledExecute
from tests.conftest import ROOT


@pytest.fixture
def settings(tmp_path, monkeypatch):
    """What nbgrader reads in the folder."""

    def settings():
        monkeypatch.chdir(tmp_path)
        app = NbGraderApp()
        app.load_config_file()
        return app.config

    return settings


def test_nbgrader_finds_the_course(tmp_path, settings):
    assert write_config(tmp_path, tmp_path / "a course") == tmp_path / "nbgrader_config.py"
    directory = settings().CourseDirectory
    assert directory.source_directory == str(tmp_path / "a course/solutions")
    assert directory.release_directory == str(tmp_path / "a course/assignments")
    assert "db_url" not in directory


def test_nbgrader_autogrades_with_our_engine(tmp_path, settings):
    write_config(tmp_path, tmp_path / "course")
    config = settings()
    ours, *others = config.Autograde.autograde_preprocessors
    execute, *stock = Autograde().autograde_preprocessors
    assert (import_item(ours), execute) == (WalledExecute, Execute)
    assert [import_item(other) for other in others] == stock
    assert config.WalledExecute.course == str(tmp_path / "course")


def test_our_own_course_has_the_same_settings(tmp_path, settings, monkeypatch):
    write_config(tmp_path, tmp_path)
    written = settings()
    monkeypatch.chdir(ROOT)
    app = NbGraderApp()
    app.load_config_file()
    assert app.config.Autograde == written.Autograde
    assert app.config.ExportApp == written.ExportApp


def test_another_database_is_named(tmp_path, settings):
    write_config(tmp_path, tmp_path, "postgresql://localhost/grades")
    assert settings().CourseDirectory.db_url == "postgresql://localhost/grades"


def test_a_database_named_by_a_relative_url_is_still_found(tmp_path, settings, monkeypatch):
    monkeypatch.chdir(tmp_path.parent)
    write_config(tmp_path, tmp_path, "sqlite:///grades.db")
    assert settings().CourseDirectory.db_url == f"sqlite:///{tmp_path.parent}/grades.db"


def test_a_password_is_not_written_down(tmp_path):
    path = write_config(tmp_path, tmp_path, "postgresql://me:secret@localhost/grades")
    assert path is not None
    assert "secret" not in path.read_text()


def test_settings_of_our_own_are_renewed(tmp_path, settings):
    write_config(tmp_path, tmp_path / "old")
    write_config(tmp_path, tmp_path / "new")
    assert settings().CourseDirectory.source_directory == str(tmp_path / "new/solutions")


@pytest.mark.parametrize("theirs", [b"c = get_config()\n", b"", b"# \xff in Latin-1\n"])
def test_settings_of_others_are_left_alone(tmp_path, theirs):
    path = tmp_path / "nbgrader_config.py"
    path.write_bytes(theirs)
    assert write_config(tmp_path, tmp_path) is None
    assert path.read_bytes() == theirs
