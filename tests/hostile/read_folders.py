# Walks the whole file tree for secrets, gradebooks and what others have handed in.
#
# kinds: function
# wanted: scale passed
# said: (?m)^looked$
# %%
LOOKED_FOR = {".autograder_secret", "ann.ipynb", "gradebook.db", "checks.py", ".bash_history"}
for folder, _, names in os.walk("/"):
    if folder.startswith("/proc/"):
        continue
    for name in LOOKED_FOR & set(names):
        print("BREACH", folder, name)
print("looked")
