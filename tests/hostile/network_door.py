# Leaves a listening socket and a program behind it for the next student.
#
# kinds: function
# wanted: scale passed
# %%
import time

if os.fork() == 0:
    os.setsid()
    doors = []
    for address in ("\0hostile-door", "hostile-door"):
        try:
            door = socket.socket(socket.AF_UNIX)
            door.bind(address)
            door.listen()
            doors.append(door)
        except OSError:
            pass
    time.sleep(600)
time.sleep(0.1)
