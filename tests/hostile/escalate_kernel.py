# Makes the calls that most holes of the kernel were found in.
#
# kinds: function
# wanted: scale passed
# said: (?s)(refused .+?){20}
# %%
X86 = {"bpf": 321, "userfaultfd": 323, "perf_event_open": 298, "add_key": 248, "keyctl": 250}
X86 |= {"request_key": 249, "init_module": 175, "kexec_load": 246, "acct": 163, "quotactl": 179}
X86 |= {"name_to_handle_at": 303, "open_by_handle_at": 304, "fanotify_init": 300, "vmsplice": 278}
X86 |= {"modify_ldt": 154, "iopl": 172, "settimeofday": 164, "sethostname": 170}
ARM = {"bpf": 280, "userfaultfd": 282, "perf_event_open": 241, "add_key": 217, "keyctl": 219}
ARM |= {"request_key": 218, "init_module": 105, "kexec_load": 104, "acct": 89, "quotactl": 60}
ARM |= {"name_to_handle_at": 264, "open_by_handle_at": 265, "fanotify_init": 262, "vmsplice": 75}
ARM |= {"settimeofday": 170, "sethostname": 161}
NEW = {"io_uring_setup": 425, "io_uring_enter": 426, "memfd_secret": 447, "pidfd_getfd": 438}
calls = (ARM if os.uname().machine == "aarch64" else X86) | NEW
for name, number in calls.items():
    attempt(name, kernel, number, 0, ctypes.create_string_buffer(128), 0, 0, 0)
attempt("reboot", kernel, "reboot", 0)
