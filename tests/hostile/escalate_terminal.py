# Types into the terminal of whoever grades.
#
# kinds: function
# wanted: scale passed
# said: (?s)(refused .+?){6}
# %%
import fcntl
import termios

for name in ("/dev/tty", "/dev/console", "/dev/pts/0", "/dev/pts/1", "/dev/tty1"):
    attempt(name, os.open, name, os.O_RDWR)
for number in range(4):
    attempt("TIOCSTI", fcntl.ioctl, number, termios.TIOCSTI, b"x")
    attempt("TIOCLINUX", fcntl.ioctl, number, 0x541C, b"\x03")
    attempt("TIOCSCTTY", fcntl.ioctl, number, termios.TIOCSCTTY, 1)
