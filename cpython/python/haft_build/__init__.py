"""A build backend (PEP 517) for packages with HPy extension modules.

    [build-system]
    requires = ["haft-hpy"]
    build-backend = "haft_build"

    [project]
    name = "spam"
    version = "1.0"

    [tool.haft-build]
    packages = ["spam"]

    [[tool.haft-build.extension]]
    name = "spam.eggs"
    sources = ["src/eggs.c"]

The wheel is for every Python on the platform: its modules are files NAME.hpy0.so without a stub.
"""
import os

from .compiler import BuildError, compile_extension
from .project import Project
from .wheel import Wheel, platform_tag

__all__ = [
    "BuildError",
    "build_sdist",
    "build_wheel",
    "get_requires_for_build_sdist",
    "get_requires_for_build_wheel",
    "prepare_metadata_for_build_wheel",
]


def get_requires_for_build_wheel(config_settings=None):
    """Nothing but a reader of TOML, where Python has none."""
    from .project import toml_reader

    return [] if toml_reader() is not None else ["tomli"]


get_requires_for_build_sdist = get_requires_for_build_wheel


def prepare_metadata_for_build_wheel(metadata_directory, config_settings=None):
    """Write NAME-VERSION.dist-info."""
    project = Project.read(".")
    folder = project.dist_info
    os.makedirs(os.path.join(metadata_directory, folder), exist_ok=True)
    for name, text in project.metadata_files(_tag(project)).items():
        with open(os.path.join(metadata_directory, folder, name), "w", encoding="utf-8") as file:
            file.write(text)
    return folder


def build_wheel(wheel_directory, config_settings=None, metadata_directory=None):
    """Compile the extensions and write the wheel; its file name."""
    project = Project.read(".")
    tag = _tag(project)
    file_name = f"{project.file_name}-{tag}.whl"
    with Wheel(os.path.join(wheel_directory, file_name), project.dist_info) as wheel:
        for name, path in project.python_files():
            wheel.add_file(name, path)
        for extension in project.extensions:
            wheel.add(extension.file_name, compile_extension(extension), executable=True)
        for name, text in project.metadata_files(tag).items():
            wheel.add(f"{project.dist_info}/{name}", text.encode("utf-8"))
        for path in project.license_files():
            wheel.add_file(f"{project.dist_info}/licenses/{os.path.basename(path)}", path)
    return file_name


def build_sdist(sdist_directory, config_settings=None):
    """Write the source archive; its file name."""
    import io
    import tarfile

    project = Project.read(".")
    top = project.file_name
    file_name = f"{top}.tar.gz"
    info = project.metadata_files(_tag(project))["METADATA"].encode("utf-8")
    path = os.path.join(sdist_directory, file_name)
    with tarfile.open(path, "w:gz", format=tarfile.PAX_FORMAT) as archive:
        for name in project.source_files():
            archive.add(name, f"{top}/{name}", recursive=False)
        member = tarfile.TarInfo(f"{top}/PKG-INFO")
        member.size = len(info)
        archive.addfile(member, io.BytesIO(info))
    return file_name


def _tag(project):
    """Any Python 3; the platform only if something was compiled for it."""
    return f"py3-none-{platform_tag() if project.extensions else 'any'}"
