# Stops itself: it neither computes nor ends.
#
# kinds: function
# wanted: scale timeout: was still waiting after 2 s
# %% scale
def scale(x, factor):
    os.kill(os.getpid(), 19)
