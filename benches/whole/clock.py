"""Times whole processes in turn: one round runs each command once, so that what else the machine
does falls on all alike. Reads jobs (name, set, bytes, rounds, command; parted by tabs), writes the
medians as JSON: seconds of the clock and of the processors, and the peak of memory in bytes.

A command may be `BEFORE ;; COMMAND`: what stands before is run, and not timed; the word ROUND in it
is the number of the round."""

import json
import os
import statistics
import sys
import time


def run(command):
    start = time.perf_counter()
    null = os.open(os.devnull, os.O_WRONLY)
    pid = os.posix_spawn(
        "/bin/sh",
        ["sh", "-c", "exec " + command],
        os.environ,
        file_actions=[(os.POSIX_SPAWN_DUP2, null, 1), (os.POSIX_SPAWN_DUP2, null, 2)],
    )
    _, status, usage = os.wait4(pid, 0)
    seconds = time.perf_counter() - start
    os.close(null)
    if os.waitstatus_to_exitcode(status) != 0:
        sys.exit(f"{command}: ended with {os.waitstatus_to_exitcode(status)}")
    return seconds, usage.ru_utime + usage.ru_stime, usage.ru_maxrss * 1024


def main(jobs_file, results_file):
    with open(jobs_file, encoding="utf-8") as file:
        jobs = [line.rstrip("\n").split("\t") for line in file if line.strip()]
    runs = {}
    most = max(int(rounds) for _, _, _, rounds, _ in jobs)
    for turn in range(most):
        for name, data, size, rounds, command in jobs:
            if turn < int(rounds):
                before, _, command = command.rpartition(" ;; ")
                if before and os.system(before.replace("ROUND", str(turn + 1))) != 0:
                    sys.exit(f"{before}: failed")
                runs.setdefault((name, data, int(size), command), []).append(run(command))
        print(f"round {turn + 1} of {most}", file=sys.stderr)
    results = []
    for (name, data, size, command), times in runs.items():
        seconds, cpu, memory = (statistics.median(column) for column in zip(*times))
        results.append(dict(name=name, data=data, bytes=size, rounds=len(times), seconds=seconds, cpu=cpu, memory=memory))
    with open(results_file, "w", encoding="utf-8") as file:
        json.dump(results, file, indent=1)


main(*sys.argv[1:])
