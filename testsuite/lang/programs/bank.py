"""Accounts, transactions with rollback, and an audit log."""
class InsufficientFunds(Exception):
    def __init__(self, account, need):
        super().__init__(f"{account.owner} needs {need} more")
        self.account, self.need = account, need
class Account:
    _next = 1
    def __init__(self, owner, balance=0):
        self.owner, self._balance = owner, balance
        self.number, Account._next = Account._next, Account._next + 1
        self.history = []
    @property
    def balance(self): return self._balance
    def deposit(self, amount):
        if amount <= 0: raise ValueError("amount must be positive")
        self._balance += amount
        self.history.append(("deposit", amount))
    def withdraw(self, amount):
        if amount > self._balance: raise InsufficientFunds(self, amount - self._balance)
        self._balance -= amount
        self.history.append(("withdraw", amount))
class Savings(Account):
    def __init__(self, *a, rate=0.1, **k):
        super().__init__(*a, **k)
        self.rate = rate
    def withdraw(self, amount):
        if amount > 50: raise PermissionError("limit is 50")
        super().withdraw(amount)
    def accrue(self): self.deposit(round(self.balance * self.rate, 2))
class Transaction:
    def __init__(self, *accounts): self.accounts = accounts
    def __enter__(self):
        self.saved = [(a, a._balance, a.history[:]) for a in self.accounts]
        return self
    def __exit__(self, kind, value, tb):
        if kind:
            for a, b, h in self.saved: a._balance, a.history = b, h
            print("rolled back:", value)
        return kind is not None and issubclass(kind, (InsufficientFunds, PermissionError))
def transfer(a, b, amount):
    with Transaction(a, b):
        b.deposit(amount)
        a.withdraw(amount)
        return True
    return False
x, y = Account("x", 100), Savings("y", 60, rate=0.5)
print(transfer(x, y, 30), x.balance, y.balance)  # expect: True 70 90
print(transfer(x, y, 500), x.balance, y.balance)
# expect: rolled back: x needs 430 more
# expect: False 70 90
print(transfer(y, x, 70), y.balance, len(y.history))
# expect: rolled back: limit is 50
# expect: False 90 1
try:
    transfer(x, y, -5)  # expect: rolled back: amount must be positive
except ValueError as error:
    print("caught", error, x.balance)  # expect: caught amount must be positive 70
y.accrue()
print(y.balance, y.history, x.number, y.number)  # expect: 135.0 [('deposit', 30), ('deposit', 45.0)] 1 2
try:
    x.balance = 5
except AttributeError as error:
    print(error)  # expect: property 'balance' of 'Account' object has no setter
try:
    x.withdraw(1000)
except InsufficientFunds as e:
    print(e, e.need, e.account is x)  # expect: x needs 930 more 930 True
