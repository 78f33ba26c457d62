# Opens devices: memory, disks, virtual machines, network tunnels; and makes its own.
#
# kinds: function
# wanted: scale passed
# said: (?s)(refused .+?){12}
# %%
import stat

for name in (
    "mem",
    "port",
    "kvm",
    "fuse",
    "net/tun",
    "sda",
    "vda",
    "loop-control",
    "ptmx",
    "uinput",
):
    attempt(name, os.open, f"/dev/{name}", os.O_RDWR)
for kind, number in ((stat.S_IFBLK, os.makedev(8, 0)), (stat.S_IFCHR, os.makedev(1, 1))):
    attempt("mknod", os.mknod, "hostile-device", kind | 0o666, number)
