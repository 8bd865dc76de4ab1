"""The platform's part of `sysconfig`."""
from _haft_sysconfig import build_time_vars
