# Hands in a link to a file that only the grader may read.
#
# kinds: function
# wanted: scale error: is a symbolic link


def hand_in(folder):
    (folder / "eve.ipynb").symlink_to("/etc/shadow")
