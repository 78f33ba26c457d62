# Reads memory, environment, folders and descriptors of the judge, of its parent and of a neighbour.
#
# kinds: function
# wanted: scale passed
# said: (?s)(refused .+?){28}
# %%
for process in (KNOWN["judge"], KNOWN["victim"], os.getppid(), 1):
    for name in ("mem", "environ", "maps", "auxv", "stack"):
        attempt(f"{process}/{name}", lambda: open(f"/proc/{process}/{name}", "rb").read(100))
    for name in ("cwd", "root", "exe"):
        attempt(f"{process}/{name}", os.readlink, f"/proc/{process}/{name}")
    attempt(f"{process}/fd", os.listdir, f"/proc/{process}/fd")
