# Returns numbers of its own classes, which pretend to be whatever they are compared with.
#
# kinds: function
# wanted: scale failed
# %% scale
class Number(float):
    def __eq__(self, other):
        return True

    def __float__(self):
        return float("nan")

    __hash__ = float.__hash__


class Numbers(list):
    def __len__(self):
        return 4

    def __eq__(self, other):
        return True


def scale(x, factor):
    return Numbers([Number(0)] * 4)
