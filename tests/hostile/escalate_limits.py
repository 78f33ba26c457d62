# Raises its limits, its priority and its share, and lowers those of others.
#
# kinds: function
# wanted: scale passed
# said: (?s)(refused .+?){12}
# %%
import resource

for name in ("NPROC", "FSIZE", "DATA", "CPU", "NOFILE", "MEMLOCK"):
    which = getattr(resource, f"RLIMIT_{name}")
    hard = resource.getrlimit(which)[1]
    attempt(name, resource.setrlimit, which, (hard + 1, hard + 1))
for process in (KNOWN["judge"], KNOWN["victim"]):
    attempt("prlimit", resource.prlimit, process, resource.RLIMIT_CPU, (1, 1))
    attempt("setpriority", os.setpriority, os.PRIO_PROCESS, process, 19)
    attempt("setaffinity", os.sched_setaffinity, process, {0})
attempt("nice", os.nice, -5)
attempt("real time", os.sched_setscheduler, 0, os.SCHED_FIFO, os.sched_param(50))
