# Hands in markup that runs where a page shows it: in text, output, pictures and names.
#
# kinds: function
# wanted: scale passed
import nbformat
from nbformat.v4 import new_code_cell, new_markdown_cell, new_output

from tests.hostile.driver.course import right_notebook


def hand_in(folder):
    document = right_notebook()
    script = "<script>hostile()</script><img src=x onerror=hostile()>"
    own = new_markdown_cell(f"{script} ![x](attachment:x.png) [x](javascript:hostile())", id="own")
    own.attachments = {"x.png": {"image/svg+xml": f"<svg onload=hostile()>{script}</svg>"}}
    document.cells.append(own)
    document.cells.append(new_code_cell(f"print({script!r})\n{script!r}", id="own-2"))
    document.cells[-1].outputs = [new_output("display_data", {"text/html": script})]
    document.metadata["title"] = script
    nbformat.write(document, folder / "eve.ipynb")
