# Puts modules of its own under others' names, and a finder before all others.
#
# kinds: function
# wanted: scale failed
# %% scale
import importlib.abc
import types


class Finder(importlib.abc.MetaPathFinder):
    def find_spec(self, name, path, target=None):
        return None


class Fake(types.ModuleType):
    def __getattr__(self, name):
        return lambda *_, **__: True


sys.meta_path.insert(0, Finder())
for name in [*sys.modules]:
    if name.startswith(("autograder", "numpy.testing", "json", "struct")):
        sys.modules[name] = Fake(name)
sys.path[:] = ["."]
sys.path_importer_cache.clear()


def scale(x, factor):
    return x
