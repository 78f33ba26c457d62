# Has objects describe themselves at endless length.
#
# kinds: function
# wanted: scale failed
# %%
class Long:
    def __repr__(self):
        return "x" * (10 << 20)


Long()


# %% scale
def scale(x, factor):
    return Long()
