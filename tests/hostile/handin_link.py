# Hands in a link to another's notebook.
#
# kinds: function
# wanted: scale error: is a symbolic link


def hand_in(folder):
    (folder / "eve.ipynb").symlink_to("ann.ipynb")
