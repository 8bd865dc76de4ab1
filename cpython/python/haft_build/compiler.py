"""Runs the C compiler."""
import os
import shlex
import subprocess
import sys
import tempfile

CPP = {".cc", ".cpp", ".cxx", ".c++", ".C"}


class BuildError(Exception):
    """The package cannot be built; the message says why."""


def include_folder():
    """The folder that holds hpy.h."""
    import haft_hpy

    return haft_hpy.get_include()


def compile_extension(extension):
    """The bytes of the module."""
    with tempfile.TemporaryDirectory(prefix="haft-build-") as folder:
        objects = []
        cpp = False
        for index, source in enumerate(extension.sources):
            ending = os.path.splitext(source)[1]
            if ending != ".c" and ending not in CPP:
                raise BuildError(f"{source}: the name of a source ends in .c, .cc, .cpp or .cxx")
            if not os.path.isfile(source):
                raise BuildError(f"{source}: no such file")
            is_cpp = ending in CPP
            cpp = cpp or is_cpp
            output = os.path.join(folder, f"{index}.o")
            _run(_compile(extension, source, output, is_cpp), f"{source} does not compile")
            objects.append(output)
        output = os.path.join(folder, "module.so")
        _run(_link(extension, objects, output, cpp), f"{extension.name} cannot be linked")
        with open(output, "rb") as file:
            module = file.read()
    symbol = f"HPyInit_{extension.short_name}".encode()
    if b"\0" + symbol + b"\0" not in module:
        raise BuildError(
            f"{extension.name}: no HPy_MODINIT({extension.short_name}, ...) in its sources"
        )
    return module


def _program(cpp):
    """The compiler, perhaps with options."""
    variable, usual = ("CXX", "c++") if cpp else ("CC", "cc")
    return shlex.split(os.environ.get(variable, "")) or [usual]


def _compile(extension, source, output, cpp):
    flags = os.environ.get("CXXFLAGS" if cpp else "CFLAGS", "")
    command = _program(cpp)
    command += ["-O2", "-fPIC", "-fvisibility=hidden", "-DNDEBUG", "-DHPY_ABI_UNIVERSAL"]
    command += ["-std=gnu++20"] if cpp else []
    command += shlex.split(flags)
    command += [f"-I{folder}" for folder in extension.include_dirs] + [f"-I{include_folder()}"]
    command += [f"-D{define}" for define in extension.defines]
    return command + extension.compile_args + ["-c", source, "-o", output]


def _link(extension, objects, output, cpp):
    command = _program(cpp) + ["-shared", "-o", output] + objects
    if sys.platform.startswith("linux"):
        command += ["-Wl,-z,defs"]
    elif sys.platform == "darwin":
        command += ["-undefined", "error"]
    command += shlex.split(os.environ.get("LDFLAGS", ""))
    command += [f"-L{folder}" for folder in extension.library_dirs]
    command += [f"-l{library}" for library in extension.libraries]
    return command + extension.link_args + ["-lm"]


def _run(command, failure):
    """Run a command; what it prints goes where our own output goes."""
    print(shlex.join(command), flush=True)
    try:
        status = subprocess.call(command)
    except OSError as error:
        raise BuildError(
            f"cannot run the compiler {command[0]!r} ({error.strerror}); install one, or name it in CC and CXX"
        ) from None
    if status != 0:
        raise BuildError(f"{failure} ({command[0]} returned {status})")
