# Stops, kills and interrupts every process that it knows of, and all that there are.
#
# kinds: function
# wanted: scale passed
# said: tried
# %%
import signal

for process in (KNOWN["judge"], KNOWN["victim"], -1, os.getppid(), 1):
    for number in (signal.SIGSTOP, signal.SIGINT, signal.SIGTERM, signal.SIGKILL):
        try:
            os.kill(process, number)
        except OSError as error:
            print("refused", process, number, error)
    try:
        signal.pidfd_send_signal(os.pidfd_open(process), signal.SIGKILL)
    except OSError as error:
        print("refused", process, error)
print("tried")
