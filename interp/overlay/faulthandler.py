"""Tracebacks on demand and after a time.

A crash of the process itself prints no Python traceback: `enable` only remembers that it was called.
"""
import signal as _signal
import sys as _sys
import threading as _threading

_enabled = False
_timer = None
_registered = {}


def _descriptor(file):
    if file is None:
        file = _sys.stderr
        if file is None:
            raise RuntimeError("unable to get sys.stderr")
    if isinstance(file, int):
        if file < 0:
            raise ValueError("file is not a valid file descripter")
        return file
    file.flush()
    return file.fileno()


def _lines(frame):
    while frame is not None:
        code = frame.f_code
        yield f'  File "{code.co_filename}", line {frame.f_lineno} in {code.co_name}\n'
        frame = frame.f_back


def _dump(fd, frame, all_threads):
    import os
    me = _threading.get_ident()
    text = []
    if all_threads:
        for ident, other in _sys._current_frames().items():
            if ident != me:
                text += [f"Thread 0x{ident:016x} (most recent call first):\n", *_lines(other), "\n"]
        text.append(f"Current thread 0x{me:016x} (most recent call first):\n")
    else:
        text.append("Stack (most recent call first):\n")
    text += _lines(frame)
    os.write(fd, "".join(text).encode("utf-8", "backslashreplace"))


def dump_traceback(file=None, all_threads=True):
    _dump(_descriptor(file), _sys._getframe(1), all_threads)


def enable(file=None, all_threads=True, c_stack=True):
    global _enabled
    _descriptor(file)
    _enabled = True


def disable():
    global _enabled
    was, _enabled = _enabled, False
    return was


def is_enabled():
    return _enabled


def dump_traceback_later(timeout, repeat=False, file=None, exit=False):
    global _timer
    if timeout <= 0:
        raise ValueError("timeout must be greater than 0")
    cancel_dump_traceback_later()
    fd = _descriptor(file)

    def fire():
        import os
        minutes, seconds = divmod(timeout, 60)
        hours, minutes = divmod(int(minutes), 60)
        os.write(fd, f"Timeout ({hours}:{minutes:02d}:{int(seconds):02d})!\n".encode())
        _dump(fd, None, True)
        if exit:
            os._exit(1)
        if repeat:
            start()

    def start():
        global _timer
        _timer = _threading.Timer(timeout, fire)
        _timer.daemon = True
        _timer.start()

    start()


def cancel_dump_traceback_later():
    global _timer
    if _timer is not None:
        _timer.cancel()
        _timer = None


def register(signum, file=None, all_threads=True, chain=False):
    fd = _descriptor(file)
    old = _signal.getsignal(signum)

    def handler(number, frame):
        _dump(fd, frame, all_threads)
        if chain and callable(old):
            old(number, frame)

    previous = _registered.get(signum, old)
    _signal.signal(signum, handler)
    _registered[signum] = previous


def unregister(signum):
    if signum not in _registered:
        return False
    _signal.signal(signum, _registered.pop(signum))
    return True
