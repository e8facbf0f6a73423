"""Run a command and say what the whole process took, and its parts.

measure.py RESULT STDOUT STDERR COMMAND [ARGUMENT ...]

The first line of RESULT: wall seconds, user and system CPU seconds, peak
resident memory in KB, and the CPU seconds that others took on this machine
meanwhile (Linux; else 0). All of the kernel's own books (wait4), for every
program the same. The peak is never below this process's own, some 10 MB.

The command may name moments: each line that it writes to the file that MARKS
in its environment names is one. RESULT gets "NAME WALL CPU" for each: seconds
since the start by the clock above, and the CPU seconds that the process had
used (Linux; else 0). So parts are timed alike in every language.

With WAIT=N in the environment it first waits until the machine is idle, at
most N seconds. Exits as the command does.
"""
import os
import sys
import time


def busy_seconds():
    """CPU seconds of all processes since the start of the machine."""
    try:
        with open("/proc/stat") as stat:
            fields = [int(f) for f in stat.readline().split()[1:]]
    except OSError:
        return 0.0
    idle = fields[3] + fields[4]
    # guests are counted in user time already
    return (sum(fields[:8]) - idle) / os.sysconf("SC_CLK_TCK")


def wait_for_quiet(most):
    end = time.perf_counter() + most
    while time.perf_counter() < end:
        busy = busy_seconds()
        time.sleep(0.5)
        if busy_seconds() - busy <= 0.05:
            return


def cpu_seconds(pid):
    """CPU seconds of another process: Linux numbers a clock for each."""
    try:
        return time.clock_gettime(~pid << 3 | 2)
    except (AttributeError, OSError, OverflowError):
        return 0.0


def spawn(command, stdout, stderr, marks):
    flags = os.O_WRONLY | os.O_CREAT | os.O_TRUNC
    actions = [(os.POSIX_SPAWN_OPEN, 1, stdout, flags, 0o644),
               (os.POSIX_SPAWN_OPEN, 2, stderr, flags, 0o644),
               (os.POSIX_SPAWN_DUP2, marks, 9)]
    environment = dict(os.environ, MARKS="/dev/fd/9")
    return os.posix_spawnp(command[0], command, environment,
                           file_actions=actions)


def read_marks(pipe, pid, start):
    """The moments named, until the command ends."""
    marks = []
    while True:
        text = os.read(pipe, 4096)
        now = time.perf_counter() - start
        if not text:
            return marks
        cpu = cpu_seconds(pid)
        marks += [(name, now, cpu) for name in text.decode().split()]


def main():
    result, stdout, stderr, command = *sys.argv[1:4], sys.argv[4:]
    wait_for_quiet(float(os.environ.get("WAIT", "0")))
    pipe, marks_end = os.pipe()
    busy, start = busy_seconds(), time.perf_counter()
    pid = spawn(command, stdout, stderr, marks_end)
    os.close(marks_end)
    marks = read_marks(pipe, pid, start)
    _, status, usage = os.wait4(pid, 0)
    wall = time.perf_counter() - start
    cpu = usage.ru_utime + usage.ru_stime
    peak = usage.ru_maxrss // (1024 if sys.platform == "darwin" else 1)
    others = max(0.0, busy_seconds() - busy - cpu)
    with open(result, "w") as file:
        file.write(f"{wall:.6f} {usage.ru_utime:.6f} {usage.ru_stime:.6f} "
                   f"{peak} {others:.3f}\n")
        for name, at, used in marks:
            file.write(f"{name} {at:.6f} {used:.6f}\n")
    sys.exit(os.waitstatus_to_exitcode(status) & 255)


main()
