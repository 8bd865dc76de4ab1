"""Which lines of a program ran: a coverage tool on `sys.monitoring`.

    coverage.py PROGRAM [ARGUMENT]...

Every line that has code is shown with a mark: `>` it ran, `!` it did not. A line costs its event once only: the callback
says DISABLE, and the line is told no more.
"""
import sys
import types

monitoring = sys.monitoring
TOOL = monitoring.COVERAGE_ID


def lines_with_code(code):
    """The lines of a code object and of those inside it."""
    lines = {line for _, _, line in code.co_lines() if line}
    for constant in code.co_consts:
        if isinstance(constant, types.CodeType):
            lines |= lines_with_code(constant)
    return lines


def run(path, arguments):
    """Run a program; its source, the lines that have code and those that ran."""
    with open(path, encoding="utf-8") as file:
        source = file.read()
    code = compile(source, path, "exec")
    ran = set()

    def on_line(code, line):
        if code.co_filename == path:
            ran.add(line)
        return monitoring.DISABLE

    monitoring.use_tool_id(TOOL, "coverage")
    monitoring.register_callback(TOOL, monitoring.events.LINE, on_line)
    sys.argv = [path, *arguments]
    monitoring.set_events(TOOL, monitoring.events.LINE)
    try:
        exec(code, {"__name__": "__main__", "__file__": path})
    finally:
        monitoring.free_tool_id(TOOL)
    return source.splitlines(), lines_with_code(code), ran


def main():
    if len(sys.argv) < 2:
        sys.exit(__doc__)
    source, known, ran = run(sys.argv[1], sys.argv[2:])
    for number, text in enumerate(source, 1):
        mark = ">" if number in ran else "!" if number in known else " "
        print(f"{mark} {number:3} {text}".rstrip())
    known |= ran
    print(f"{len(ran)} of {len(known)} lines, {100 * len(ran) // max(len(known), 1)} %")


if __name__ == "__main__":
    main()
