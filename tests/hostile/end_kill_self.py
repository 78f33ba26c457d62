# Kills itself.
#
# kinds: function
# wanted: scale crashed: was ended by SIGKILL
# %% scale
def scale(x, factor):
    os.kill(os.getpid(), 9)
