# Hangs in a cell before the answer, so that the answer is never asked for.
#
# kinds: function
# wanted: scale passed
# %%
while True:
    pass
