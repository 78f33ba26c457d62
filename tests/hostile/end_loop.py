# Computes for ever, deaf to all signals that one can be deaf to.
#
# kinds: function
# wanted: scale timeout
# %% scale
import signal


def scale(x, factor):
    for number in signal.valid_signals() - {signal.SIGKILL, signal.SIGSTOP}:
        signal.signal(number, signal.SIG_IGN)
    signal.pthread_sigmask(signal.SIG_BLOCK, signal.valid_signals())
    while True:
        pass
