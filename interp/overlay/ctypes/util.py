"""Finding libraries by name."""
from _cffi_haft import find_library
