# Raises what a terminal raises, so that a grader would stop.
#
# kinds: function
# wanted: scale error: raised KeyboardInterrupt
# %%
raise KeyboardInterrupt


# %% scale
def scale(x, factor):
    raise KeyboardInterrupt
