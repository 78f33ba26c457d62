# Fills its scratch space, file by file.
#
# kinds: function
# wanted: scale passed
# full said: refused .+ (8|[0-7]) files
# %%
count = 0
try:
    while count < 100:
        with open(f"hostile-{count}", "wb") as file:
            file.write(bytes(1 << 20))
        count += 1
except OSError as error:
    print("refused", error.strerror, "after", count, "files")
