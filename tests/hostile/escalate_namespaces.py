# Makes namespaces, in which it would be root, and enters those of others.
#
# kinds: function
# wanted: scale passed
# said: (?s)(refused .+?){20}
# %%
FLAGS = {"user": 1 << 28, "mnt": 1 << 17, "pid": 1 << 29, "net": 1 << 30, "ipc": 1 << 27}
FLAGS |= {"uts": 1 << 26, "cgroup": 1 << 25}
ARM = os.uname().machine == "aarch64"
for name, flag in FLAGS.items():
    attempt(f"unshare {name}", kernel, "unshare", flag)
    attempt(f"setns {name}", lambda: kernel("setns", os.open("/proc/1/ns/" + name, 0), flag))
    attempt(f"clone {name}", kernel, 220 if ARM else 56, flag | 17, 0, 0, 0, 0)
arguments = (ctypes.c_uint64 * 11)(FLAGS["user"], 0, 0, 0, 17)
attempt("clone3", kernel, 435, arguments, 88)
attempt("a map", write, "/proc/self/uid_map", b"0 0 1")
