# `raise` alone does not add its own line to the traceback.
def lines(function):
    try:
        function()
    except Exception as error:
        at, found = error.__traceback__.tb_next, []
        while at is not None:
            found.append((at.tb_frame.f_code.co_name, at.tb_lineno - at.tb_frame.f_code.co_firstlineno))
            at = at.tb_next
        print(type(error).__name__, found)


def again():
    try:
        raise ValueError
    except Exception:
        raise


def raiser():
    raise


def elsewhere():
    try:
        {}[1]
    except KeyError:
        raiser()


def with_name():
    try:
        {}[1]
    except KeyError as error:
        raise error


def after_another():
    try:
        {}[1]
    except KeyError:
        try:
            raise ValueError
        except ValueError:
            pass
        raise


def in_a_loop():
    for turn in range(40):
        try:
            try:
                raise ValueError
            except ValueError:
                raise
        except ValueError as error:
            if turn == 39:
                raise


lines(again)  # expect: ValueError [('again', 2)]
lines(raiser)  # expect: RuntimeError [('raiser', 1)]
lines(elsewhere)  # expect: KeyError [('elsewhere', 4), ('elsewhere', 2)]
lines(with_name)  # expect: KeyError [('with_name', 4), ('with_name', 2)]
lines(after_another)  # expect: KeyError [('after_another', 2)]
lines(in_a_loop)  # expect: ValueError [('in_a_loop', 4)]
