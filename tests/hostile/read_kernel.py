# Asks the kernel about the machine: its log, sockets, mounts, keys and loaded code.
#
# kinds: function
# wanted: scale passed
# said: (?s)(refused .+?){5}
# %%
attempt("log", kernel, "klogctl", 3, ctypes.create_string_buffer(1000), 1000)
for name in ("/dev/kmsg", "/proc/kmsg", "/proc/kcore", "/proc/slabinfo", "/proc/vmallocinfo"):
    attempt(name, lambda: open(name, "rb").read(1))
for name in ("net/unix", "net/tcp", "mountinfo", "cgroup"):
    try:
        print(open(f"/proc/self/{name}").read())
    except OSError as error:
        print("refused", name, error)
