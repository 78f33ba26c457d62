# Leaves files wherever programs look for settings or put what is temporary.
#
# kinds: function
# wanted: scale passed
# %%
home = os.environ["HOME"]
FOLDERS = ["/tmp", "/var/tmp", "/dev/shm", "/run", "/dev", "/", "/worker", KNOWN["temporary"]]
FOLDERS += [f"{home}/.config/matplotlib", f"{home}/.keras", f"{home}/.ipython/profile_default"]
for folder in FOLDERS:
    for name in ("hostile", "usercustomize.py", "hostile.json"):
        try:
            os.makedirs(folder, exist_ok=True)
            with open(f"{folder}/{name}", "w") as file:
                file.write("raise SystemExit")
            os.chmod(f"{folder}/{name}", 0o4777)
        except OSError as error:
            print("refused", folder, name, error)
