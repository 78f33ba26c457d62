# Reads and writes through whatever descriptors it may have inherited.
#
# kinds: function
# wanted: scale passed
# said: (?s)(refused \d+ .+?){252}
# %%
for number in range(4, 256):
    attempt(number, os.fstat, number)
for number in range(3):
    print(number, os.write(number, b"hostile"), os.read(number, 100))
