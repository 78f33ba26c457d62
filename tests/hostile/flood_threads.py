# Starts three hundred threads.
#
# kinds: function
# wanted: scale passed
# full said: born (1?\d|2[0-4])\n
# %%
import threading

born, wait = 0, threading.Event()
try:
    while born < 300:
        threading.Thread(target=wait.wait, daemon=True).start()
        born += 1
except RuntimeError as error:
    print("refused", error)
print("born", born)
