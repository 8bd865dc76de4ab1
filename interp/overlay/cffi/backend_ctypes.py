"""There is one backend, whatever is asked for."""


class CTypesBackend:
    """Accepted as FFI(backend=...)."""
