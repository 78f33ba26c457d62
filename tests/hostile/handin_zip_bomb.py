# Hands in a zip of a notebook that is hundreds of times as large when it is unpacked.
#
# kinds: function
# wanted: scale error: is too large
import zipfile

import nbformat

from tests.hostile.driver.course import right_notebook


def hand_in(folder):
    with zipfile.ZipFile(folder / "class.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("ann.ipynb", nbformat.writes(right_notebook()))
        with archive.open("eve.ipynb", "w") as member:
            for _ in range(8):
                member.write(bytes(16 << 20))
    return folder / "class.zip"
