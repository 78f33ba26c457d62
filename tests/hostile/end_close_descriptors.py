# Closes all descriptors, the judge's line among them.
#
# kinds: function
# wanted: scale crashed: exited with status 1
# %% scale
def scale(x, factor):
    os.closerange(0, 256)
