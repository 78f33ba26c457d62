# Changes the packages that the next student imports, and what Python runs before them.
#
# kinds: function
# wanted: scale passed
# said: (?s)(refused .+?){10}
# %%
import autograder.worker.shell


def open_up(folder):
    os.chmod(folder, 0o777)
    if os.stat(folder).st_mode & 0o777 != 0o777:  # a filter may only say that it was done
        raise PermissionError(folder)


for module in (np, autograder.worker, os):
    folder = os.path.dirname(module.__file__)
    attempt("file", write, module.__file__, b"")
    attempt("new file", lambda: open(f"{folder}/hostile.py", "w").write("hostile"))
    attempt("cache", lambda: open(f"{folder}/__pycache__/hostile.pyc", "w").write("hostile"))
    attempt("rights", open_up, folder)
    attempt("rename", os.rename, module.__file__, f"{folder}/hostile")
for folder in sys.path:
    if folder:
        attempt("path", lambda: open(f"{folder}/hostile.pth", "w").write("import hostile"))
attempt("interpreter", write, os.path.realpath("/proc/self/exe"), b"")
