# Forks two hundred times.
#
# kinds: function
# wanted: scale passed
# full said: born (1?\d|2[0-4])\n
# %%
import time

born = 0
try:
    while born < 200:
        if os.fork() == 0:
            time.sleep(600)
        born += 1
except OSError as error:
    print("refused", error)
print("born", born)
