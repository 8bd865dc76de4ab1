"""pyproject.toml, read and checked."""
import glob
import os
import re

from .compiler import BuildError

KNOWN = {"packages", "modules", "extension", "include"}
KNOWN_OF_EXTENSION = {
    "name",
    "sources",
    "include-dirs",
    "library-dirs",
    "libraries",
    "defines",
    "compile-args",
    "link-args",
    "depends",
}


def toml_reader():
    """A module that reads TOML, or None."""
    for name in ("tomllib", "tomli", "pip._vendor.tomli"):
        try:
            return __import__(name, fromlist=["loads"])
        except ImportError:
            pass
    return None


class Extension:
    """An extension module that is to be built."""

    def __init__(self, table):
        unknown = sorted(set(table) - KNOWN_OF_EXTENSION)
        if unknown:
            raise BuildError(f"unknown key in [[tool.haft-build.extension]]: {unknown[0]}")
        self.name = table.get("name", "")
        if not re.fullmatch(r"[A-Za-z_]\w*(\.[A-Za-z_]\w*)*", self.name, re.ASCII):
            raise BuildError(f"not the name of a module: {self.name!r}")
        self.sources = _strings(table, "sources")
        if not self.sources:
            raise BuildError(f"extension {self.name} has no sources")
        self.include_dirs = _strings(table, "include-dirs")
        self.library_dirs = _strings(table, "library-dirs")
        self.libraries = _strings(table, "libraries")
        self.defines = _strings(table, "defines")
        self.compile_args = _strings(table, "compile-args")
        self.link_args = _strings(table, "link-args")
        self.depends = _strings(table, "depends")

    @property
    def short_name(self):
        """The name less its packages, as in HPy_MODINIT."""
        return self.name.rpartition(".")[2]

    @property
    def file_name(self):
        """Where it is in the wheel."""
        return self.name.replace(".", "/") + ".hpy0.so"


class Project:
    """A package that is to be built."""

    def __init__(self, folder, document):
        self.folder = folder
        project = document.get("project")
        if not isinstance(project, dict):
            raise BuildError("pyproject.toml has no [project]")
        for key in ("name", "version"):
            if not isinstance(project.get(key), str):
                raise BuildError(f"[project] has no {key}; it must be there, not dynamic")
        self.project = project
        self.name = project["name"]
        self.version = project["version"]
        tool = document.get("tool", {}).get("haft-build", {})
        unknown = sorted(set(tool) - KNOWN)
        if unknown:
            raise BuildError(f"unknown key in [tool.haft-build]: {unknown[0]}")
        self.packages = _strings(tool, "packages")
        self.modules = _strings(tool, "modules")
        self.include = _strings(tool, "include")
        self.extensions = [Extension(table) for table in tool.get("extension", [])]

    @classmethod
    def read(cls, folder):
        """The project in a folder."""
        reader = toml_reader()
        if reader is None:
            raise BuildError("this Python cannot read TOML: pip install tomli")
        try:
            with open(os.path.join(folder, "pyproject.toml"), encoding="utf-8") as file:
                return cls(folder, reader.loads(file.read()))
        except OSError as error:
            raise BuildError(f"pyproject.toml: {error.strerror}") from None

    @property
    def file_name(self):
        """NAME-VERSION, as in file names."""
        name = re.sub(r"[-_.]+", "_", self.name).lower()
        return f"{name}-{self.version.replace('-', '_')}"

    @property
    def dist_info(self):
        """The folder of the metadata in the wheel."""
        return f"{self.file_name}.dist-info"

    def python_files(self):
        """(name in the wheel, path) of each file of the packages and modules."""
        for package in self.packages:
            top = os.path.basename(os.path.normpath(package))
            for path in self._files_below(package):
                yield top + "/" + os.path.relpath(path, package).replace(os.sep, "/"), path
        for module in self.modules:
            yield os.path.basename(module), module

    def _files_below(self, folder):
        if not os.path.isdir(folder):
            raise BuildError(f"{folder}: no such folder")
        for parent, folders, files in os.walk(folder):
            folders[:] = sorted(name for name in folders if name != "__pycache__")
            for name in sorted(files):
                if not name.endswith((".pyc", ".so", ".c", ".cpp", ".h")):
                    yield os.path.join(parent, name)

    def license_files(self):
        """Paths."""
        return sorted(glob.glob("LICEN[CS]E*") + glob.glob("COPYING*"))

    def source_files(self):
        """What the source archive holds, by path."""
        names = {"pyproject.toml", *self.license_files(), *(path for _, path in self.python_files())}
        for extension in self.extensions:
            names.update(extension.sources, extension.depends)
        for pattern in self.include:
            names.update(path for path in glob.glob(pattern, recursive=True) if os.path.isfile(path))
        readme = self._readme_path()
        if readme is not None:
            names.add(readme)
        return sorted(os.path.normpath(name) for name in names)

    def metadata_files(self, tag):
        """The files of the metadata but RECORD: name and text."""
        files = {"METADATA": self._metadata(), "WHEEL": _wheel_file(tag, not self.extensions)}
        points = self._entry_points()
        if points:
            files["entry_points.txt"] = points
        return files

    def _readme_path(self):
        readme = self.project.get("readme")
        return readme.get("file") if isinstance(readme, dict) else readme

    def _metadata(self):
        project = self.project
        lines = ["Metadata-Version: 2.1", f"Name: {self.name}", f"Version: {self.version}"]
        add = lambda key, value: value and lines.append(f"{key}: {value}")
        add("Summary", project.get("description"))
        add("Keywords", ",".join(project.get("keywords", [])))
        for role, key in (("Author", "authors"), ("Maintainer", "maintainers")):
            for person in project.get(key, []):
                _add_person(add, role, person)
        licence = project.get("license")
        add("License", licence.get("text") if isinstance(licence, dict) else licence)
        for value in project.get("classifiers", []):
            add("Classifier", value)
        for label, url in project.get("urls", {}).items():
            add("Project-URL", f"{label}, {url}")
        add("Requires-Python", project.get("requires-python"))
        for requirement in project.get("dependencies", []):
            add("Requires-Dist", requirement)
        for extra, requirements in project.get("optional-dependencies", {}).items():
            add("Provides-Extra", extra)
            for requirement in requirements:
                add("Requires-Dist", _with_extra(requirement, extra))
        text = "\n".join(lines) + "\n"
        readme = self._readme_path()
        if readme is None:
            return text
        kind = {".md": "text/markdown", ".rst": "text/x-rst"}.get(os.path.splitext(readme)[1])
        with open(readme, encoding="utf-8") as file:
            return text + f"Description-Content-Type: {kind or 'text/plain'}\n\n{file.read()}"

    def _entry_points(self):
        groups = {
            "console_scripts": self.project.get("scripts", {}),
            "gui_scripts": self.project.get("gui-scripts", {}),
            **self.project.get("entry-points", {}),
        }
        text = ""
        for group, points in groups.items():
            if points:
                rows = "".join(f"{name} = {target}\n" for name, target in points.items())
                text += f"[{group}]\n{rows}\n"
        return text


def _add_person(add, role, person):
    name, mail = person.get("name"), person.get("email")
    if mail:
        add(f"{role}-email", f"{name} <{mail}>" if name else mail)
    else:
        add(role, name)


def _with_extra(requirement, extra):
    name, semicolon, marker = requirement.partition(";")
    condition = f"extra == '{extra}'"
    return f"{name.strip()}; ({marker.strip()}) and {condition}" if semicolon else f"{name}; {condition}"


def _wheel_file(tag, pure):
    return (
        "Wheel-Version: 1.0\nGenerator: haft_build\n"
        f"Root-Is-Purelib: {'true' if pure else 'false'}\nTag: {tag}\n"
    )


def _strings(table, key):
    value = table.get(key, [])
    if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
        raise BuildError(f"{key} must be a list of strings")
    return value
