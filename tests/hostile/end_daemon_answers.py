# Has a grandchild hold the channel open and goes, so that the judge waits for a dead program.
#
# kinds: function
# wanted: scale crashed: exited with status 0 instead of an answer
# %% scale
import time


def scale(x, factor):
    if os.fork() == 0:
        os.setsid()
        time.sleep(600)
    os._exit(0)
