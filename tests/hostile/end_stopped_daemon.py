# Leaves stopped and waiting programs: signals but one do not end those.
#
# kinds: function
# wanted: scale passed
# %%
for _ in range(4):
    if os.fork() == 0:
        while True:
            os.kill(os.getpid(), 19)
if os.fork() == 0:
    os.read(os.pipe()[0], 1)
