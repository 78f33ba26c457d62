# Plants links where whoever tidies up would follow them, out of its folder.
#
# kinds: function
# wanted: scale passed
# %%
os.mkdir("hostile")
for number, target in enumerate([KNOWN["course"], KNOWN["class"], KNOWN["temporary"], "/", ".."]):
    os.symlink(target, f"link-{number}")
    os.symlink(target, f"hostile/link-{number}")
for name in ("course/.autograder_secret", "class/ann.ipynb"):
    attempt("hard link", os.link, f"{os.path.dirname(KNOWN['course'])}/{name}", "hostile/copy")
os.chmod("hostile", 0o111)
os.chmod(".", 0o111)
