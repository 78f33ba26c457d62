# Makes as many empty files as there is place for names.
#
# kinds: function
# wanted: scale passed
# full said: refused .+ [1-4]?\d{0,3} files
# %%
count = 0
try:
    while count < 20_000:
        open(f"hostile-{count}", "wb").close()
        count += 1
except OSError as error:
    print("refused", error.strerror, "after", count, "files")
