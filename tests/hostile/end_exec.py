# Becomes another program that inherits the judge's line.
#
# kinds: function
# wanted: scale crashed: instead of an answer
# %% scale
def scale(x, factor):
    os.set_inheritable(3, True)
    os.execv("/proc/self/exe", ["python", "-S", "-c", "import os; os.write(3, b'hostile')"])
