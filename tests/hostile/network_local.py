# Connects to sockets of this machine, such as a container daemon has: by path and abstract name.
#
# kinds: function
# wanted: scale passed
# said: (?s)(refused .+?){7}
# %%
def connect(address, kind=socket.SOCK_STREAM):
    with socket.socket(socket.AF_UNIX, kind) as link:
        link.connect(address)
        link.send(b"hostile")


attempt("path", connect, KNOWN["path"])
attempt("abstract", connect, KNOWN["abstract"])
attempt("datagrams", connect, KNOWN["datagrams"], socket.SOCK_DGRAM)
for path in ("/run/docker.sock", "/var/run/docker.sock", "/run/dbus/system_bus_socket"):
    attempt(path, connect, path)
attempt("sendto", lambda: socket.socket(1, 2).sendto(b"hostile", KNOWN["datagrams"]))
