"""The class FFI."""
from _cffi_haft import FFI, CDefError, FFIError
