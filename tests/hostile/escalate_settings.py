# Writes settings of the kernel, of its own namespace and of its group.
#
# kinds: function
# wanted: scale passed
# said: (?s)(refused .+?){11}
# %%
for name in (
    "/proc/sys/kernel/core_pattern",
    "/proc/sys/kernel/hostname",
    "/proc/sys/user/max_user_namespaces",
    "/proc/sys/vm/overcommit_memory",
    "/proc/sysrq-trigger",
    "/proc/self/uid_map",
    "/proc/self/attr/current",
    "/sys/fs/cgroup/cgroup.procs",
    "/sys/fs/cgroup/memory/cgroup.procs",
    "/sys/kernel/uevent_helper",
):
    attempt(name, write, name, b"0")
attempt("oom_score_adj", write, "/proc/self/oom_score_adj", b"-1000")
