# Becomes somebody else: by identity, by capability, by programs that run as their owner.
#
# kinds: function
# wanted: scale passed
# said: (?s)(refused .+?){9}
# %%
import subprocess

READ = 4  # what of capabilities reads an interpreter below a private home, and nothing else

attempt("setuid", os.setresuid, 0, 0, 0)
attempt("setgid", os.setresgid, 0, 0, 0)
attempt("setgroups", os.setgroups, [0])
attempt("capset", kernel, "capset", (ctypes.c_uint32 * 2)(0x20080522, 0), b"\xff" * 24)
attempt("ambient", kernel, "prctl", 47, 2, 21, 0, 0)
for program in ("su", "sudo", "passwd", "mount", "newgrp"):
    command = [f"/usr/bin/{program}", "--version"]
    attempt(program, subprocess.run, command, check=True, capture_output=True)
for line in open("/proc/self/status"):
    if line.startswith(("CapEff", "CapPrm")) and int(line.split()[1], 16) & ~READ:
        print("BREACH", line)
    if line.startswith("NoNewPrivs") and line.split()[1] != "1":
        print("BREACH", line)
