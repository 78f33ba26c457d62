# Leaves a listening socket and a program behind it for the next student.
#
# kinds: function
# wanted: scale passed
# %%
import time

if os.fork() == 0:
    os.setsid()
    doors = [socket.socket(socket.AF_UNIX) for _ in range(2)]
    for door, address in zip(doors, ("\0hostile-door", "hostile-door")):
        try:
            door.bind(address)
            door.listen()
        except OSError:
            pass
    time.sleep(600)
time.sleep(0.1)
