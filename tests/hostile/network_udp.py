# Sends datagrams, which need no connection.
#
# kinds: function
# wanted: scale passed
# said: (?s)(refused .+?){3}
# %%
def send(family, address):
    socket.socket(family, socket.SOCK_DGRAM).sendto(b"hostile", address)


attempt("here", send, socket.AF_INET, KNOWN["udp"])
attempt("there", send, socket.AF_INET, ("192.0.2.1", 53))
attempt("there, too", send, socket.AF_INET6, ("2001:db8::1", 53))
