"""Writes wheels."""
import base64
import hashlib
import os
import sysconfig
import zipfile

# The same sources give the same bytes.
EPOCH = (1980, 1, 1, 0, 0, 0)


def platform_tag():
    """`linux_x86_64` and the like."""
    return sysconfig.get_platform().replace("-", "_").replace(".", "_")


class Wheel:
    """A wheel that is being written; the list of its files comes last."""

    def __init__(self, path, dist_info):
        self.path = path
        self.record = f"{dist_info}/RECORD"
        self.rows = []

    def __enter__(self):
        self.archive = zipfile.ZipFile(self.path, "w", zipfile.ZIP_DEFLATED)
        return self

    def __exit__(self, kind, value, traceback):
        if kind is None:
            self.rows.append(f"{self.record},,")
            self._write(self.record, ("\n".join(self.rows) + "\n").encode("utf-8"), 0o644)
        self.archive.close()
        if kind is not None:
            os.unlink(self.path)

    def add_file(self, name, path):
        """Add a file of the disk."""
        with open(path, "rb") as file:
            self.add(name, file.read())

    def add(self, name, content, executable=False):
        """Add a file."""
        digest = base64.urlsafe_b64encode(hashlib.sha256(content).digest()).rstrip(b"=").decode()
        self.rows.append(f"{name},sha256={digest},{len(content)}")
        self._write(name, content, 0o755 if executable else 0o644)

    def _write(self, name, content, mode):
        info = zipfile.ZipInfo(name, EPOCH)
        info.compress_type = zipfile.ZIP_DEFLATED
        info.external_attr = (0o100000 | mode) << 16
        self.archive.writestr(info, content)
