# Computes on beside its answers, in as many processes as it gets.
#
# kinds: function
# wanted: scale passed
# %%
for _ in range(4):
    if os.fork() == 0:
        while True:
            pass
