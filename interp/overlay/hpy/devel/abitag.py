"""How files of extension modules end."""
HPY_ABI_VERSION = 0
HPY_ABI_VERSION_MINOR = 0
HPY_ABI_TAG = f"hpy{HPY_ABI_VERSION}"


def get_hpy_ext_suffix(hpy_abi, ext_suffix=None):
    """The ending of a universal module's file name."""
    if hpy_abi != "universal":
        raise ValueError(f"{hpy_abi!r}: modules are built in universal mode")
    ending = "so" if ext_suffix is None else ext_suffix.rpartition(".")[2]
    return f".{HPY_ABI_TAG}.{ending}"
