# Fills the buffers of as many pipes and sockets as there can be: the kernel's memory, not its own.
#
# kinds: function
# wanted: scale passed
# said: refused
# %%
import fcntl

held = []
try:
    for _ in range(1 << 10):
        held += os.pipe()
        os.set_blocking(held[-1], False)
        try:
            fcntl.fcntl(held[-1], fcntl.F_SETPIPE_SZ, 1 << 20)
        except OSError:
            pass
        os.write(held[-1], bytes(1 << 16))
except OSError as error:
    print("refused", error)
for number in held:
    os.close(number)
