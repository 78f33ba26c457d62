# Takes hold of other processes: traces them, reads their memory, duplicates their descriptors.
#
# kinds: function
# wanted: scale passed
# said: (?s)(refused .+?){20}
# %%
import platform

ARM = platform.machine() == "aarch64"
CALLS = {"process_vm_readv": (310, 270), "process_vm_writev": (311, 271), "kcmp": (312, 272)}
buffer = ctypes.create_string_buffer(100)
for process in (KNOWN["judge"], KNOWN["victim"], os.getppid(), 1):
    for request in (16, 0x4206):
        attempt(f"ptrace {request}", kernel, "ptrace", request, process, 0, 0)
    for name, numbers in CALLS.items():
        attempt(name, kernel, numbers[ARM], process, buffer, 1, buffer, 1, 0)
    attempt("pidfd_getfd", lambda: kernel(438, os.pidfd_open(process), 0, 0))
    attempt("process_madvise", lambda: kernel(440, os.pidfd_open(process), buffer, 1, 20, 0))
