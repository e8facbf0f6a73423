"""Run a command and say what the whole process took.

measure.py RESULT STDOUT COMMAND [ARGUMENT ...]

RESULT gets one line: wall seconds, user and system CPU seconds, peak resident
memory in KB, and the CPU seconds that others took on this machine meanwhile
(Linux; else 0). All of the kernel's own books (wait4), for every program the
same. The peak is never below this process's own, some 10 MB. With WAIT=N in
the environment it first waits until the machine is idle, at most N seconds.
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


def main():
    result, stdout, command = sys.argv[1], sys.argv[2], sys.argv[3:]
    flags = os.O_WRONLY | os.O_CREAT | os.O_TRUNC
    actions = [(os.POSIX_SPAWN_OPEN, 1, stdout, flags, 0o644)]
    wait_for_quiet(float(os.environ.get("WAIT", "0")))
    busy, start = busy_seconds(), time.perf_counter()
    pid = os.posix_spawnp(command[0], command, os.environ,
                          file_actions=actions)
    _, status, usage = os.wait4(pid, 0)
    wall = time.perf_counter() - start
    cpu = usage.ru_utime + usage.ru_stime
    peak = usage.ru_maxrss // (1024 if sys.platform == "darwin" else 1)
    others = max(0.0, busy_seconds() - busy - cpu)
    with open(result, "w") as file:
        file.write(f"{wall:.6f} {usage.ru_utime:.6f} {usage.ru_stime:.6f} "
                   f"{peak} {others:.3f}\n")
    sys.exit(os.waitstatus_to_exitcode(status) != 0)


main()
