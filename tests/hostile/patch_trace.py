# Traces the code that called it and changes what it does, line by line.
#
# kinds: function
# wanted: scale failed
# %% scale
def trace(frame, event, argument):
    for name in ("came", "result"):
        if name in frame.f_locals:
            frame.f_locals[name] = {"outcome": "returned", "value": None}
    frame.f_trace = trace
    return trace


def scale(x, factor):
    frame = sys._getframe()
    while frame := frame.f_back:
        frame.f_trace = trace
    sys.settrace(trace)
    sys.setprofile(lambda *_: None)
    return x
