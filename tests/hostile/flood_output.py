# Prints a gigabyte.
#
# kinds: function
# wanted: scale passed
# %%
mebibyte = "x" * (1 << 20)
for _ in range(1 << 10):
    sys.stdout.write(mebibyte)
    os.write(1, mebibyte.encode())
