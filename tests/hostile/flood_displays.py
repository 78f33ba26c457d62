# Shows a thousand objects and a result that is text without end.
#
# kinds: function
# wanted: scale passed
# %%
from IPython.display import display

for number in range(1_000):
    display(number)
# %%
"x" * (10 << 20)
