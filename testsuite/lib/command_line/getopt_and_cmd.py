"""getopt and cmd."""
import cmd, getopt, io
print(getopt.getopt(["-a", "-b", "v", "--long", "--arg=x", "rest", "-c"], "ab:", ["long", "arg="]))
# expect: ([('-a', ''), ('-b', 'v'), ('--long', ''), ('--arg', 'x')], ['rest', '-c'])
print(getopt.gnu_getopt(["pos", "-a", "--", "-b"], "ab"), getopt.getopt(["-abv"], "ab:"), getopt.getopt(["--lo"], "", ["long"]))
# expect: ([('-a', '')], ['pos', '-b']) ([('-a', ''), ('-b', 'v')], []) ([('--long', '')], [])
for args in (["-z"], "a"), (["-b"], "b:"), (["--nope"], ""), (["--long=1"], "", ["long"]):
    try:
        getopt.getopt(*args)
    except getopt.GetoptError as error:
        print(error, error.opt)
# expect: option -z not recognized z
# expect: option -b requires argument b
# expect: option --nope not recognized nope
# expect: option --long must not have an argument long
class Shell(cmd.Cmd):
    prompt = ""
    def do_add(self, arg): print(sum(map(int, arg.split())), file=self.stdout)
    def do_quit(self, arg): return True
    def emptyline(self): print("empty", file=self.stdout)
    def default(self, line): print("unknown", line, file=self.stdout)
    def precmd(self, line): return line.replace("plus", "add")
    def help_add(self): print("adds", file=self.stdout)
out = io.StringIO()
s = Shell(stdin=io.StringIO("add 1 2\nplus 3 4\n\nfoo\nhelp add\nquit\nadd 9\n"), stdout=out)
s.use_rawinput = False
s.cmdloop()
print(out.getvalue().split("\n"))  # expect: ['3', '7', 'empty', 'unknown foo', 'adds', '']
print(s.parseline("add 1"), s.parseline("?x"), s.completenames("ad"), s.onecmd("quit"))
# expect: ('add', '1', 'add 1') ('help', 'x', 'help x') ['add'] True
