# Returns a list that contains itself.
#
# kinds: function
# wanted: scale failed: nested more than 32 deep
# %% scale
def scale(x, factor):
    cycle = {}
    cycle["cycle"] = [cycle]
    return cycle
