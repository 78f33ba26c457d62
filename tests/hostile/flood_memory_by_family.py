# Has each of ten processes take as much as one may, so that together they take far more.
#
# kinds: function
# wanted: scale passed
# %%
import time

for _ in range(10):
    if os.fork() == 0:
        kept = np.ones(40 << 17)
        time.sleep(600)
time.sleep(0.2)
