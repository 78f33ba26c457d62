# Keeps memory, messages and semaphores that outlive whoever made them.
#
# kinds: function
# wanted: scale passed
# landlock said: (?s)(refused .+?){4}
# %%
for name, arguments in {
    "shmget": (0x1057, 1 << 20, 0o1666),
    "msgget": (0x1057, 0o1666),
    "semget": (0x1057, 1, 0o1666),
    "mq_open": (b"/hostile", os.O_CREAT | os.O_RDWR, 0o666, None),
}.items():
    try:
        print("made", name, kernel(name, *arguments))
    except OSError as error:
        print("refused", name, error)
