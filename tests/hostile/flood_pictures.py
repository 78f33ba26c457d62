# Draws pictures, many of them and one that is enormous.
#
# kinds: function
# wanted: scale passed
# %%
import matplotlib.pyplot as plt

for _ in range(30):
    plt.figure(figsize=(1, 1))
plt.figure(figsize=(10_000, 10_000))
# %%
from IPython.display import Image, display

display(Image(b"\x89PNG\r\n\x1a\n" + bytes(8 << 20)))
