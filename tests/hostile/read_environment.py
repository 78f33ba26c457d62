# Looks for passwords in environment and command line, its own and the one that it was born with.
#
# kinds: function
# wanted: scale passed
# said: student
# %%
print(dict(os.environ))
print(open("/proc/self/environ").read(), open("/proc/self/cmdline").read())
print(sys.argv, sys.orig_argv, os.uname())
