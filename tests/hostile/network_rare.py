# Opens sockets of families that few think of: raw packets, a virtual machine's host, the kernel.
#
# kinds: function
# wanted: scale passed
# said: (?s)(refused .+?){12}
# %%
FAMILIES = {"inet": 2, "ipx": 4, "inet6": 10, "netlink": 16, "packet": 17, "can": 29, "tipc": 30}
FAMILIES |= {"bluetooth": 31, "alg": 38, "nfc": 39, "vsock": 40, "xdp": 44}
for name, number in FAMILIES.items():
    for kind in (socket.SOCK_STREAM, socket.SOCK_DGRAM, socket.SOCK_RAW, socket.SOCK_SEQPACKET):
        attempt(f"{name} {kind}", socket.socket, number, kind)
