"""os: environment, paths, pipes, processes."""
import os, sys
os.environ["TEST_VARIABLE_Q"] = "value"
print(os.environ["TEST_VARIABLE_Q"], os.getenv("TEST_VARIABLE_Q"), os.environ.get("MISSING_Q", "d"), os.getenv("MISSING_Q"), "TEST_VARIABLE_Q" in os.environ, os.path.expandvars("$TEST_VARIABLE_Q/${TEST_VARIABLE_Q}/$MISSING_Q"))
# expect: value value d None True value/value/$MISSING_Q
del os.environ["TEST_VARIABLE_Q"]
for action in lambda: os.environ["MISSING_Q"], lambda: os.environ.__setitem__("a", 5), lambda: os.environ.__setitem__("a=b", "c"), lambda: os.putenv("x", 1), lambda: os.fspath(5), lambda: os.stat("/no/such"), lambda: os.path.join("a", b"b"), lambda: os.path.join(5):
    try:
        action()
    except Exception as error:
        print(type(error).__name__)
# expect: KeyError
# expect: TypeError
# expect: ValueError
# expect: TypeError
# expect: TypeError
# expect: FileNotFoundError
# expect: TypeError
# expect: TypeError
r, w = os.pipe()
print(os.write(w, b"through pipe"), os.read(r, 7), os.isatty(r))  # expect: 12 b'through' False
os.close(w)
print(os.read(r, 100), os.read(r, 10))  # expect: b' pipe' b''
os.close(r)
try:
    os.close(r)
except OSError as error:
    print(error.errno, error.strerror)  # expect: 9 Bad file descriptor
print(os.sep, os.linesep == "\n", os.name, os.pathsep, os.curdir, os.devnull, os.fspath("x"), os.fsencode("é"), os.fsdecode(b"x"), os.strerror(2), os.cpu_count() > 0, os.getpid() > 0, len(os.urandom(5)), os.path.relpath("/a/b", "/a/c"), os.access("/", os.R_OK))
# expect: / True posix : . /dev/null x b'\xc3\xa9' x No such file or directory True True 5 ../b True
class Path:
    def __fspath__(self): return "/tmp/../etc"
print(os.path.normpath(Path()), os.fspath(Path()), os.path.basename(Path()))  # expect: /etc /tmp/../etc etc
import subprocess
p = subprocess.run(["sh", "-c", "echo out; echo err >&2; exit 3"], capture_output=True, text=True)
print(p.returncode, p.stdout.strip(), p.stderr.strip(), subprocess.check_output(["echo", "hi"]), os.waitstatus_to_exitcode(os.system("exit 2")), subprocess.run("cat", input=b"fed", capture_output=True, shell=True).stdout)
# expect: 3 out err b'hi\n' 2 b'fed'
try:
    subprocess.run(["false"], check=True)
except subprocess.CalledProcessError as error:
    print(error.returncode)  # expect: 1
try:
    subprocess.run(["no-such-program-q"])
except FileNotFoundError as error:
    print(error.filename)  # expect: no-such-program-q
