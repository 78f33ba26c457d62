# Keeps hidden inputs in a file, and prints them when its cells are run once more.
#
# kinds: function
# wanted: scale crashed: ^a hidden case: crashed$
# %%
for folder in (".", "/tmp", "/dev/shm", os.environ["HOME"]):
    try:
        print("BREACH", open(f"{folder}/hostile-inputs").read())
    except OSError:
        pass


# %% scale
def scale(x, factor):
    if x[0] < 1000:
        return x * factor
    for folder in (".", "/tmp", "/dev/shm", os.environ["HOME"]):
        try:
            open(f"{folder}/hostile-inputs", "w").write(str(x))
        except OSError:
            pass
    os.abort()
