# Kills its process group and its session, hoping that the judge or the warm parent is in them.
#
# kinds: function
# wanted: scale crashed: was ended by SIGKILL
# %% scale
def scale(x, factor):
    for group in (os.getsid(0), os.getpgrp(), 0):
        os.killpg(group, 9)
