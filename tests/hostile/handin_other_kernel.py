# Asks for a kernel that is another program.
#
# kinds: function
# wanted: scale passed
import nbformat

from tests.hostile.driver.course import right_notebook


def hand_in(folder):
    document = right_notebook()
    document.metadata["kernelspec"] = {
        "name": "../../tmp/hostile",
        "display_name": "<script>",
        "language": "bash",
        "argv": ["/bin/sh", "-c", "touch /tmp/hostile-kernel"],
    }
    document.metadata["language_info"] = {"name": "bash"}
    nbformat.write(document, folder / "eve.ipynb")
