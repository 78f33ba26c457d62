# Registers what is to run at the end, when nobody looks any more, and keeps threads for it.
#
# kinds: function
# wanted: scale passed
# %%
import atexit
import threading
import time
import weakref


class Last:
    def __del__(self):
        time.sleep(600)


last = Last()
weakref.finalize(last, time.sleep, 600)
atexit.register(time.sleep, 600)
threading._register_atexit(time.sleep, 600)
threading.Thread(target=time.sleep, args=(600,)).start()
os.register_at_fork(before=lambda: time.sleep(600))
