# Makes calls of the kernel as 32-bit programs do, which a filter of calls by number may overlook.
#
# kinds: function
# wanted: scale passed
# said: (?s)(refused|no such) .*(refused|no such)
# %%
import mmap

attempt("x32", kernel, 0x40000000 | 39)
if os.uname().machine == "x86_64":
    # mov eax, 20 (getpid); int 0x80; ret
    page = mmap.mmap(-1, 4096, mmap.MAP_PRIVATE, mmap.PROT_READ | mmap.PROT_WRITE | mmap.PROT_EXEC)
    page.write(b"\xb8\x14\x00\x00\x00\xcd\x80\xc3")
    code = ctypes.CFUNCTYPE(ctypes.c_int)(ctypes.addressof(ctypes.c_char.from_buffer(page)))
    if (pid := os.fork()) == 0:  # it may be killed for it
        os._exit(code() > 0)
    status = os.waitpid(pid, 0)[1]
    print("BREACH i386" if status == 1 << 8 else f"refused i386 {status}")
else:
    print("no such calls here")
