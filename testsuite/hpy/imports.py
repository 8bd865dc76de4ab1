# Importing extension modules beside modules of Python and in packages, and what is said about those that cannot be.
import importlib
import importlib.machinery
import importlib.util
import os
import shutil
import sys
import tempfile

import imports
from hpy.universal import load

print(imports.where(), imports.__doc__, imports.__spec__.name, imports.__file__ == imports.__spec__.origin)  # expect: imports Plain. imports True
print(".hpy0.so" in importlib.machinery.EXTENSION_SUFFIXES)  # expect: True

folder = tempfile.mkdtemp()
sys.path.insert(0, folder)
package = os.path.join(folder, "pack")
os.mkdir(package)
for name in ("imports", "failing", "creating", "empty", "newer", "stranger"):
    shutil.copy(imports.__file__, os.path.join(package, name + ".hpy0.so"))
shutil.copy(imports.__file__, os.path.join(package, "imports.hpy9.so"))
for name, text in {"__init__.py": "", "imports.py": "raise SystemError('the library comes first')", "text.hpy0.so": "no library", "void.hpy0.so": ""}.items():
    with open(os.path.join(package, name), "w") as file:
        file.write(text)


def attempt(name):
    try:
        return importlib.import_module(name)
    except Exception as e:
        print(type(e).__name__, str(e).replace(folder, "DIR"), getattr(e, "name", None))


from pack import imports as inner

print(inner.where(), inner.__package__, inner.__spec__.parent, inner is imports)  # expect: pack.imports pack pack False
print(attempt("pack.creating").made_for)  # expect: pack.creating
attempt("pack.failing")  # expect: OverflowError no room None
attempt("pack.empty")  # expect: ImportError Error during loading of the HPy extension module at path 'DIR/pack/empty.hpy0.so'. Function 'HPyInit_empty' returned NULL. pack.empty
attempt("pack.newer")  # expect: ImportError HPy extension module 'newer' requires unsupported version of the HPy runtime. Requested version: 7.1. Current HPy version: 0.0. pack.newer
attempt("pack.stranger")  # expect: ImportError Error during loading of the HPy extension module at path 'DIR/pack/stranger.hpy0.so'. Cannot locate the required minimal HPy versions as symbols 'get_required_hpy_minor_version_stranger' and `get_required_hpy_major_version_stranger`. Is 'stranger' the name that HPy_MODINIT got? pack.stranger
attempt("pack.text")  # expect: ImportError Error during loading of the HPy extension module at path 'DIR/pack/text.hpy0.so'. It is not an ELF file: a text. pack.text
attempt("pack.void")  # expect: ImportError Error during loading of the HPy extension module at path 'DIR/pack/void.hpy0.so'. The file is empty. pack.void
print("pack.failing" in sys.modules, "pack.text" in sys.modules)  # expect: False False

try:
    load("imports", os.path.join(package, "imports.hpy9.so"), None)
except RuntimeError as e:
    print(str(e).replace(folder, "DIR"))  # expect: HPy extension module 'imports' at path 'DIR/pack/imports.hpy9.so': mismatch between the HPy ABI tag encoded in the filename and the major version requested by the HPy extension itself. Major version tag parsed from filename: 9. Requested version: 0.0.

spec = importlib.util.spec_from_file_location("other", os.path.join(package, "imports.hpy0.so"))
print(isinstance(spec.loader, importlib.machinery.ExtensionFileLoader))  # expect: True
spec = importlib.util.spec_from_file_location("imports", imports.__file__)
module = importlib.util.module_from_spec(spec)
spec.loader.exec_module(module)
print(module.where(), module.__loader__ is spec.loader)  # expect: imports True
shutil.rmtree(folder)
