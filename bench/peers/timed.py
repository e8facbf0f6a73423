"""Seconds for a call of a peer, as bench/timed.lua has them for urna."""
import time


def timed(run):
    """CPU seconds for a call, what it answers, and those of the first call.

    A call is repeated for a fifth of a second, unless one takes longer.
    """
    start = time.process_time()
    answer = run()
    first = took = time.process_time() - start
    calls = int(0.2 / max(took, 1e-7))
    if calls > 1:
        start = time.process_time()
        for _ in range(calls):
            run()
        took = (time.process_time() - start) / calls
    return took, answer, first
