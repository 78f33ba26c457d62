# Leaves programs behind in sessions of their own, deaf to signals, whose parents have ended.
#
# kinds: function
# wanted: scale passed
# %%
import signal
import time

for _ in range(4):
    if os.fork() == 0:
        os.setsid()
        if os.fork() == 0:
            for number in signal.valid_signals() - {signal.SIGKILL, signal.SIGSTOP}:
                signal.signal(number, signal.SIG_IGN)
            os.closerange(0, 256)
            time.sleep(600)
        os._exit(0)
time.sleep(0.1)
