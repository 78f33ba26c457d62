# Writes one file larger than a file may be; and one that is large with nothing in it.
#
# kinds: function
# wanted: scale passed
# said: (?s)(refused .+?){2}
# %%
attempt("large", lambda: open("hostile-large", "wb").write(bytes(6 << 20)) < 6 << 20 or 1 / 0)
attempt("sparse", lambda: os.truncate(os.open("hostile-sparse", os.O_CREAT | os.O_RDWR), 1 << 40))
