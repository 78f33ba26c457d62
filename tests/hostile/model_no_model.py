# Returns what calls itself a model, and has any attribute that is asked for.
#
# kinds: model
# wanted: build failed: expected a keras.Model
# %% build
class Anything:
    def __getattr__(self, name):
        return self

    def __call__(self, *_, **__):
        return self

    def __iter__(self):
        return iter([self])


def build():
    return Anything()
