# Changes all that a process inherits: environment, folder, rights, limits, signals, rounding.
#
# kinds: function
# wanted: scale passed
# %%
import locale
import random
import resource
import signal
import warnings

import matplotlib

os.environ.update(PYTHONPATH="/tmp", LD_PRELOAD="/tmp/hostile.so", OMP_NUM_THREADS="999")
os.umask(0o777)
os.nice(19)
os.makedirs("gone")
os.chdir("gone")
os.rmdir("../gone")
warnings.simplefilter("error")
np.seterr(all="raise")
np.set_printoptions(precision=0, threshold=0)
matplotlib.rcParams.update({"figure.figsize": (99, 99), "backend": "agg"})
locale.setlocale(locale.LC_ALL, "C")
sys.setrecursionlimit(200)
sys.setswitchinterval(100)
random.seed(0)
resource.setrlimit(resource.RLIMIT_NOFILE, (64, 64))
signal.signal(signal.SIGCHLD, signal.SIG_IGN)
libc.fesetround(0x400)


# %% scale
def scale(x, factor):
    return x * factor
