# Mounts, unmounts and changes the root, the old way and the new.
#
# kinds: function
# wanted: scale passed
# said: (?s)(refused .+?){12}
# %%
home = os.environ["HOME"].encode()
attempt("tmpfs", kernel, "mount", b"x", home, b"tmpfs", 0, None)
attempt("bind", kernel, "mount", b"/", home, None, 4096, None)
attempt("proc", kernel, "mount", b"proc", home, b"proc", 0, None)
attempt("writable", kernel, "mount", b"", b"/", None, 32, None)
attempt("umount2", kernel, "umount2", home, 2)
attempt("chroot", os.chroot, home)
attempt("pivot_root", kernel, 41 if os.uname().machine == "aarch64" else 155, home, home)
for name, number in {
    "open_tree": 428,
    "move_mount": 429,
    "fsopen": 430,
    "mount_setattr": 442,
}.items():
    attempt(name, kernel, number, -100, b"/", 1, 0, 0)
attempt("swapon", kernel, "swapon", home, 0)
