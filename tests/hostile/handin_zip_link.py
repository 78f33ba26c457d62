# Hands in a zip with a link to another's notebook.
#
# kinds: function
# wanted: scale error: is a symbolic link
import stat
import zipfile

import nbformat

from tests.hostile.driver.course import right_notebook


def hand_in(folder):
    link = zipfile.ZipInfo("eve.ipynb")
    link.external_attr = (stat.S_IFLNK | 0o777) << 16
    with zipfile.ZipFile(folder / "class.zip", "w") as archive:
        archive.writestr("ann.ipynb", nbformat.writes(right_notebook()))
        archive.writestr(link, "ann.ipynb")
    return folder / "class.zip"
