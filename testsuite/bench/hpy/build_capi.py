"""Compiles capibench for the CPython that runs this file:  build_capi.py FOLDER"""
import os
import subprocess
import sys
import sysconfig

here = os.path.dirname(os.path.abspath(__file__))
target = os.path.join(sys.argv[1], "capibench" + sysconfig.get_config_var("EXT_SUFFIX"))
sys.exit(subprocess.call(["gcc", "-O2", "-DNDEBUG", "-w", "-shared", "-fPIC", "-I" + sysconfig.get_paths()["include"],
                          os.path.join(here, "capi.c"), "-o", target]))
