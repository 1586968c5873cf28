"""The child process that runs checked Python programs, each in a process forked for it.

Jobs come down standard input and verdicts go up what was standard output; programs see neither. Each program has processor and
memory limits of its own, a list of modules it may import, and an audit hook that refuses files, sockets and processes. Around all
of it stand the limits and namespaces that the parent set.
"""
import ast, builtins, io, json, os, resource, select, signal, struct, sys, time, types
import _strptime, array, bisect, calendar, cmath, collections, collections.abc, copy, dataclasses, datetime, decimal, enum
import fractions, functools, hashlib, heapq, itertools, math, numbers, operator, random, re, statistics, string, textwrap, typing

ALLOWED = {"abc", "array", "bisect", "calendar", "cmath", "collections", "copy", "dataclasses", "datetime", "decimal", "enum",
           "fractions", "functools", "hashlib", "heapq", "itertools", "json", "math", "numbers", "operator", "random", "re",
           "statistics", "string", "sys", "textwrap", "typing", "__future__"}
NAMES = {"eval", "exec", "compile", "open", "input", "__import__", "globals", "locals", "vars", "breakpoint", "help", "exit", "quit",
         "memoryview", "__builtins__", "__loader__", "__spec__"}
DUNDERS = {"__init__", "__name__", "__doc__", "__str__", "__repr__", "__eq__", "__ne__", "__lt__", "__le__", "__gt__", "__ge__",
           "__hash__", "__len__", "__iter__", "__next__", "__getitem__", "__setitem__", "__delitem__", "__contains__", "__add__",
           "__sub__", "__mul__", "__truediv__", "__floordiv__", "__mod__", "__pow__", "__neg__", "__abs__", "__call__", "__bool__",
           "__enter__", "__exit__", "__post_init__", "__slots__", "__radd__", "__rmul__", "__rsub__", "__iadd__", "__int__",
           "__float__", "__and__", "__or__", "__xor__", "__invert__", "__lshift__", "__rshift__", "__new__", "__reversed__", "__index__"}
DOORS = {"sys", "os", "inspect", "builtins", "gc", "importlib", "subprocess", "socket", "ctypes", "types", "threading", "signal", "io",
         "f_back", "f_globals", "f_locals", "f_builtins", "f_code", "gi_frame", "gi_code", "cr_frame", "cr_code", "ag_frame",
         "ag_code", "tb_frame", "tb_next", "func_globals", "modules", "attrgetter", "methodcaller"}
STARTED = os.path.dirname(os.__file__) + os.sep


class Banned(Exception):
    pass


class TooMuchOutput(Exception):
    pass


def hidden(name):
    return name in DOORS or name.startswith("_") and name.startswith("__") and name not in DUNDERS


def judge(tree):
    """Raises where a program names what it may not use; names decide, so what computes names is not allowed either."""
    bound = {n.id for n in ast.walk(tree) if isinstance(n, ast.Name) and not isinstance(n.ctx, ast.Load)}
    bound |= {n.arg for n in ast.walk(tree) if isinstance(n, ast.arg)}
    for node in ast.walk(tree):
        line, column = getattr(node, "lineno", 1), getattr(node, "col_offset", 0) + 1
        fault = None
        if isinstance(node, ast.Attribute) and (hidden(node.attr) or node.attr.startswith("_") and not own(node.value)
                                                and node.attr not in DUNDERS):
            fault = node.attr
        elif isinstance(node, ast.Name) and node.id != "__name__" and (
                node.id in NAMES and node.id not in bound or node.id.startswith("__")):
            fault = node.id
        elif isinstance(node, ast.Import):
            fault = next((a.name for a in node.names if a.name.split(".")[0] not in ALLOWED), None)
        elif isinstance(node, ast.ImportFrom):
            if node.level or (node.module or "").split(".")[0] not in ALLOWED:
                fault = node.module
            else:
                fault = next((a.name for a in node.names if hidden(a.name) or a.name.startswith("_")), None)
        elif isinstance(node, ast.MatchClass):
            fault = next((a for a in node.kwd_attrs if hidden(a) or a.startswith("_")), None)
        if fault:
            raise Banned(f"{line}:{column}: ban: '{fault}' may not be used in checked code")


def own(node):
    return isinstance(node, ast.Name) and node.id in ("self", "cls", "other") or isinstance(node, ast.Attribute)


def guard(function):
    def guarded(thing, name, *rest):
        if not isinstance(name, str) or name.startswith("_") or name in DOORS:
            raise AttributeError("a name that may not be used in checked code")
        return function(thing, name, *rest)
    return guarded


def environment():
    """The names a program starts with."""
    facade = types.ModuleType("sys")
    facade.maxsize, facade.float_info, facade.version_info = sys.maxsize, sys.float_info, sys.version_info
    facade.setrecursionlimit = lambda n: sys.setrecursionlimit(min(n, 20_000))
    facade.getrecursionlimit, facade.getsizeof = sys.getrecursionlimit, sys.getsizeof
    real = builtins.__import__

    def find(name, globals=None, locals=None, fromlist=(), level=0):
        if level or name.split(".")[0] not in ALLOWED and name != "_strptime":  # datetime asks for it in the program's name
            raise ImportError(f"module '{name}' may not be used in checked code")
        return facade if name == "sys" else real(name, globals, locals, fromlist, level)

    given = {k: v for k, v in vars(builtins).items() if k not in NAMES}
    given.update(__import__=find, getattr=guard(getattr), setattr=guard(setattr), delattr=guard(delattr), hasattr=guard(hasattr))
    return {"__builtins__": given, "__name__": "__checked__"}


def refuse(event, arguments):
    if event == "open":
        path, mode = arguments[0], arguments[1]
        if isinstance(path, str) and path.startswith(STARTED) and (mode is None or "r" in mode and "+" not in mode):
            return
    elif event.split(".")[0] not in {"os", "socket", "subprocess", "ctypes", "shutil", "tempfile", "signal", "fcntl", "mmap", "_thread",
                                     "pty", "syslog", "ftplib", "http", "urllib", "sqlite3", "resource", "_posixsubprocess", "glob"}:
        return
    elif event in ("os.listdir", "os.scandir") and str(arguments[0] or "").startswith(STARTED.rstrip(os.sep)):
        return
    raise PermissionError(f"{event} is refused in checked code")


class Output(io.TextIOBase):
    def __init__(self, most):
        self.kept, self.left, self.full = [], most, False

    def write(self, text):
        self.kept.append(text[:self.left])
        self.left -= min(self.left, len(text))
        if len(self.kept[-1]) < len(text):
            self.full = True
            raise TooMuchOutput()
        return len(text)


def same(a, b):
    if isinstance(a, bool) or isinstance(b, bool):
        return a is b
    if isinstance(a, float) or isinstance(b, float):
        return isinstance(a, (int, float)) and isinstance(b, (int, float)) and (a == b or abs(a - b) <= 1e-9 * max(1, abs(a)))
    if isinstance(a, (list, tuple)) and isinstance(b, (list, tuple)):
        return len(a) == len(b) and all(map(same, a, b))
    if isinstance(a, dict) and isinstance(b, dict):
        return a.keys() == b.keys() and all(same(a[k], b[k]) for k in a)
    return type(a) is type(b) and a == b


def execute(job, output):
    at = [-1]

    def expect_case(index):
        at[0] = index

    def expect_equal(expected, actual):
        if not same(expected, actual):
            raise AssertionError(f"expected {expected!r:.80}, found {actual!r:.80}")

    name = "solution"
    try:
        space = environment() if not job["unruly"] else {"__name__": "__checked__"}
        codes = []
        for name in ("solution", "tests"):
            tree = ast.parse(job[name], name)
            if not job["unruly"]:
                judge(tree)
            codes.append(compile(tree, name, "exec"))
        if not job["unruly"]:
            sys.addaudithook(refuse)
        exec(codes[0], space)
        # What the tests say is bound after the solution has run, so that it cannot take their place.
        space["expect_case"], space["expect_equal"] = expect_case, expect_equal
        exec(codes[1], space)
        return "Passed", "", -1
    except Banned as e:
        return "Banned", f"{name}:{e}", -1
    except SyntaxError as e:
        return "NotCompiled", f"{name}:{e.lineno or 1}:{e.offset or 1}: {e.msg}", -1
    except MemoryError:
        return "OutOfMemory", "more memory than there is", at[0]
    except TooMuchOutput:
        return "TooMuchOutput", "more output than is kept", at[0]
    except BaseException as e:
        return "Failed", f"{type(e).__name__}: {str(e)[:300]}", at[0]


def worker(job, to, most, cpu, memory):
    os.setsid()
    empty = os.open(os.devnull, os.O_RDWR)
    for fd in (0, 1, 2):
        os.dup2(empty, fd)
    resource.setrlimit(resource.RLIMIT_CPU, (cpu, cpu + 1))
    resource.setrlimit(resource.RLIMIT_AS, (memory << 20, memory << 20))
    random.seed(0)
    output = Output(most)
    sys.stdout = sys.stderr = sys.__stdout__ = sys.__stderr__ = output
    sys.stdin = sys.__stdin__ = io.StringIO("")
    outcome, message, at = execute(job, output)
    if output.full:
        outcome = "TooMuchOutput"
    verdict = {"nonce": job["nonce"], "outcome": outcome, "message": " ".join(message.split()),
               "output": "".join(output.kept), "case": at, "cpuMs": int(time.process_time() * 1000)}
    send(to, json.dumps(verdict).encode())
    os._exit(0)


def send(fd, body):
    data = struct.pack("<i", len(body)) + body
    while data:
        data = data[os.write(fd, data):]


def receive(fd, size):
    data = b""
    while len(data) < size:
        part = os.read(fd, min(size - len(data), 1 << 20))
        if not part:
            return None
        data += part
    return data


def collect(fd):
    head = receive(fd, 4)
    size = struct.unpack("<i", head)[0] if head else 0
    return receive(fd, size) if 0 < size < 8 << 20 else None


def sweep(pid):
    """Nothing that a program started outlives it. As the first process of a namespace this one may end all the others."""
    if os.getpid() == 1:
        try:
            os.kill(-1, signal.SIGKILL)
        except ProcessLookupError:
            pass
    else:
        try:
            os.killpg(pid, signal.SIGKILL)
        except (ProcessLookupError, PermissionError):
            pass
    _, status = os.waitpid(pid, 0)
    while True:
        try:
            if os.waitpid(-1, os.WNOHANG)[0] == 0:
                return status
        except ChildProcessError:
            return status


def died(status):
    if os.WIFSIGNALED(status) and os.WTERMSIG(status) in (signal.SIGXCPU, signal.SIGALRM):
        return "TimedOut", "more processor time than there is"
    if os.WIFSIGNALED(status) and os.WTERMSIG(status) in (signal.SIGSEGV, signal.SIGBUS):
        return "Died", "stack overflow, or a fault of memory"
    return "Died", "its process ended before it gave a verdict"


def serve(most, cpu, memory):
    jobs, verdicts = os.dup(0), os.dup(1)
    os.dup2(os.open(os.devnull, os.O_RDWR), 0)
    os.dup2(2, 1)
    send(verdicts, b"{}")  # ready
    while (body := collect(jobs)) is not None:
        job = json.loads(body)
        source, to = os.pipe()
        pid = os.fork()
        if pid == 0:
            for fd in (jobs, verdicts, source):
                os.close(fd)
            worker(job, to, most, cpu, memory)
        os.close(to)
        reply = collect(source)
        os.close(source)
        status = sweep(pid)
        fits = False
        if reply is not None:
            try:
                fits = json.loads(reply)["nonce"] == job["nonce"]
            except (ValueError, KeyError, TypeError):
                pass
        if not fits:
            outcome, message = died(status)
            reply = json.dumps({"nonce": job["nonce"], "outcome": outcome, "message": message, "output": "", "case": -1,
                                "cpuMs": 0}).encode()
        send(verdicts, reply)


serve(*map(int, sys.argv[1:4]))
