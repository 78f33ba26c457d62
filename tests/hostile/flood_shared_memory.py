# Takes a gibibyte of memory that is shared, which a limit on one's own does not count.
#
# kinds: function
# wanted: scale passed
# %%
import mmap

try:
    shared = mmap.mmap(-1, 1 << 30)
    for place in range(0, 1 << 30, 4096):
        shared[place] = 1
    print("BREACH", len(shared))
except (OSError, ValueError) as error:
    print("refused", error)
