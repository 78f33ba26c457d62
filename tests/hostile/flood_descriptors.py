# Opens files until there are no more descriptors, so that the worker cannot open any.
#
# kinds: function
# wanted: scale passed
# said: refused
# %%
held = []
try:
    while len(held) < 5000:
        held.append(os.open("/dev/null", os.O_RDONLY))
except OSError as error:
    print("refused", error)
