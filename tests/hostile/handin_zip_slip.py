# Hands in a zip whose members' names lead out of every folder.
#
# kinds: function
# wanted: scale error: leaves its folder
import zipfile

import nbformat

from tests.hostile.driver.course import right_notebook


def hand_in(folder):
    with zipfile.ZipFile(folder / "class.zip", "w") as archive:
        right = nbformat.writes(right_notebook())
        archive.writestr("ann.ipynb", right)
        archive.writestr("../../../../../../../../tmp/hostile-eve.ipynb", right)
    return folder / "class.zip"
