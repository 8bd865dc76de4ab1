"""The exceptions."""
from _cffi_haft import CDefError, FFIError, PkgConfigError, VerificationError, VerificationMissing
