# Hands in a folder that is a link to the whole machine.
#
# kinds: function
# wanted: scale error: is a symbolic link


def hand_in(folder):
    (folder / "ann" / "numbers").mkdir(parents=True)
    (folder / "ann.ipynb").rename(folder / "ann" / "numbers" / "numbers.ipynb")
    (folder / "eve").symlink_to("/")
