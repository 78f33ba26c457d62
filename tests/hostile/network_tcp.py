# Calls home by TCP, over both internets.
#
# kinds: function
# wanted: scale passed
# said: (?s)(refused .+?){5}
# %%
attempt("here", socket.create_connection, KNOWN["tcp"], 1)
attempt("there", socket.create_connection, ("192.0.2.1", 80), 1)
attempt("there, too", socket.create_connection, ("2001:db8::1", 80), 1)
attempt("a name", socket.getaddrinfo, "example.org", 80)
attempt("a server", socket.create_server, ("127.0.0.1", 0))
