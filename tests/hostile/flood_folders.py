# Makes folders in folders, a thousand deep, and takes its own rights in them away.
#
# kinds: function
# wanted: scale passed
# %%
try:
    for _ in range(1000):
        os.mkdir("hostile")
        os.chdir("hostile")
except OSError as error:
    print("refused", error)
os.chdir(os.environ["HOME"])
os.chmod("hostile", 0)
os.mkdir("line\nbreak" + "x" * 200)
