# Keeps a gibibyte in files that exist in memory alone, and have no name.
#
# kinds: function
# wanted: scale passed
# said: (?s)(refused .+?){3}
# %%
def fill(number):
    for _ in range(1 << 10):
        os.write(number, bytes(1 << 20))


attempt("memfd_create", lambda: fill(os.memfd_create("hostile")))
attempt("O_TMPFILE", lambda: fill(os.open(".", os.O_TMPFILE | os.O_RDWR)))
attempt("/dev/shm", lambda: fill(os.open("/dev/shm/hostile", os.O_CREAT | os.O_RDWR)))
