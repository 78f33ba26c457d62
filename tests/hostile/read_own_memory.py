# Reads all of its memory: what the warm parent knew it knows, too.
#
# kinds: function
# wanted: scale passed
# said: searched [1-9]\d* mappings
# %%
import re

# In brackets, or it would find itself.
mappings, words = 0, re.compile(b"canar[y][0-9a-f]{16}|hostil[e] submissions would")
for line in open("/proc/self/maps").read().splitlines():
    place, rights, *_, name = [*line.split(maxsplit=5), ""][:6]
    first, last = (int(end, 16) for end in place.split("-"))
    if rights.startswith("rw") and not name.startswith(("[v", "[stack")):
        mappings += 1
        for found in words.findall(ctypes.string_at(first, last - first)):
            print("BREACH", found)
print("searched", mappings, "mappings")
