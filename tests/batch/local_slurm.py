#!/usr/bin/env python3
# SPDX-FileCopyrightText: 2026 The Lacuna authors
# SPDX-License-Identifier: BSD-3-Clause
"""A Slurm cluster of one node on this machine, for as long as a test lasts: its own munge, configuration, ports and
state in one temporary folder. Needs slurmctld, slurmd, the client commands and munge, but no systemd, no control
groups, no installed configuration and no accounting; as root or as any user, who then is the only one it serves."""

import ctypes
import os
import pathlib
import pwd
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time

CONTROL_GROUPS = "/sys/fs/cgroup"  # slurmd does not start without
PROGRAMS = ("munged", "slurmctld", "slurmd", "sbatch", "scontrol", "squeue", "scancel", "sinfo")
SECONDS_TO_START = 60

CONFIGURATION = """
ClusterName=lacuna
SlurmctldHost={host}(127.0.0.1)
SlurmctldPort={controller_port}
SlurmdPort={node_port}
SlurmUser={user}
SlurmdUser={user}
AuthType=auth/munge
AuthInfo=socket={folder}/munge.socket
CredType=cred/munge
StateSaveLocation={folder}/state
SlurmdSpoolDir={folder}/spool
SlurmctldPidFile={folder}/slurmctld.pid
SlurmdPidFile={folder}/slurmd.pid
SlurmctldLogFile={folder}/slurmctld.log
SlurmdLogFile={folder}/slurmd.log
ProctrackType=proctrack/linuxproc
TaskPlugin=task/none
SwitchType=switch/none
MpiDefault=none
JobAcctGatherType=jobacct_gather/none
AccountingStorageType=accounting_storage/none
SelectType=select/cons_tres
SelectTypeParameters=CR_CPU
SchedulerType=sched/backfill
SchedulerParameters=bf_interval=1,sched_interval=1,batch_sched_delay=0,sched_min_interval=0
# What the machine really has is not asked, so that the tests also run on one processor.
SlurmdParameters=config_overrides
ReturnToService=2
KillWait=10
MinJobAge=3600
MaxArraySize={largest_array}
NodeName={host} NodeAddr=127.0.0.1 CPUs={processors} RealMemory=64000 State=UNKNOWN
PartitionName=here Nodes={host} Default=YES MaxTime=60 State=UP
PartitionName=stopped Nodes={host} MaxTime=60 State=DOWN
"""


def missing():
    """What must be there before a LocalSlurm can start; nothing if all is."""
    programs = [program for program in PROGRAMS if not _program(program)]
    return programs + ([] if os.path.ismount(CONTROL_GROUPS) else [f"control groups at {CONTROL_GROUPS}"])


def _program(name):
    """Daemons are in sbin, which not every user has in PATH."""
    return shutil.which(name, path=f"{os.environ.get('PATH', '')}:/usr/sbin:/sbin:/usr/local/sbin")


def _free_ports(number):
    """Ports that nobody listens on; all are held until all are known, so that they differ."""
    sockets = [socket.socket() for _ in range(number)]
    try:
        for one in sockets:
            one.bind(("127.0.0.1", 0))
        return [one.getsockname()[1] for one in sockets]
    finally:
        for one in sockets:
            one.close()


def _end_with_parent():
    """A daemon ends when the test does, even when that is killed."""
    PR_SET_PDEATHSIG = 1
    ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGTERM)


class SlurmFailed(RuntimeError):
    """Slurm did not do what a test needs of it; the text ends with its logs."""


class LocalSlurm:
    """
    with LocalSlurm() as slurm:
        subprocess.run(["sbatch", ...], env={**os.environ, **slurm.environment})
        slurm.wait()
    """

    def __init__(self, processors=2, largest_array=1001):
        # Not below TMPDIR, whose name may be too long for a socket.
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="lacuna-slurm-", dir="/tmp"))
        self.folder.chmod(0o755)  # munge insists that others can reach its socket
        self.environment = {"SLURM_CONF": str(self.folder / "slurm.conf")}
        self.daemons = []
        controller_port, node_port = _free_ports(2)
        self._configure(
            host=socket.gethostname().split(".")[0],
            user=pwd.getpwuid(os.geteuid()).pw_name,
            folder=self.folder,
            controller_port=controller_port,
            node_port=node_port,
            processors=processors,
            largest_array=largest_array,
        )

    def _configure(self, **values):
        for name in ("state", "spool"):
            (self.folder / name).mkdir()
        (self.folder / "slurm.conf").write_text(CONFIGURATION.format(**values).lstrip())
        key = self.folder / "munge.key"
        key.write_bytes(os.urandom(128))
        key.chmod(0o600)

    def __enter__(self):
        try:
            self._start_munge()
            self._start("slurmctld", "-D")
            self._start("slurmd", "-D")
            self._wait_until(lambda: "idle" in self.ask("sinfo", "-h", "-p", "here", "-o", "%t"), "the node is idle")
        except BaseException:
            self.stop()
            raise
        return self

    def __exit__(self, *_):
        self.stop()

    def _start_munge(self):
        files = {"key-file": "key", "socket": "socket", "pid-file": "pid", "log-file": "log", "seed-file": "seed"}
        options = [f"--{option}={self.folder}/munge.{ending}" for option, ending in files.items()]
        self._start("munged", "--foreground", *options)
        self._wait_until((self.folder / "munge.socket").exists, "munge listens")

    def _start(self, name, *options):
        with open(self.folder / f"{name}.output", "wb") as output:
            self.daemons.append(
                subprocess.Popen(
                    [_program(name), *options],
                    env={**os.environ, **self.environment},
                    stdin=subprocess.DEVNULL,
                    stdout=output,
                    stderr=output,
                    start_new_session=True,  # a Ctrl-C in the terminal of the test is not theirs
                    preexec_fn=_end_with_parent,
                )
            )

    def _wait_until(self, true, what, seconds=SECONDS_TO_START):
        end = time.monotonic() + seconds
        while not true():
            dead = [daemon.args[0] for daemon in self.daemons if daemon.poll() is not None]
            if dead or time.monotonic() > end:
                why = f"{dead[0]} ended" if dead else f"not so after {seconds} s"
                raise SlurmFailed(f"Slurm: waited until {what}: {why}.\n{self.logs()}")
            time.sleep(0.1)

    def ask(self, *command):
        """What a command of Slurm prints; nothing if it fails, as while the controller starts."""
        done = subprocess.run(
            command, env={**os.environ, **self.environment}, capture_output=True, text=True, timeout=60
        )
        return done.stdout if done.returncode == 0 else ""

    def jobs(self):
        """Number (array elements as 12_3) and state of every job of this cluster, finished ones too."""
        lines = self.ask("squeue", "-h", "-r", "-t", "all", "-o", "%i %T").splitlines()
        return dict(line.split() for line in lines)

    def wait(self, seconds=600):
        """Until no job waits or runs; dependencies that can never hold count as waiting."""
        going = ("PENDING", "RUNNING", "COMPLETING", "CONFIGURING")
        self._wait_until(
            lambda: not any(state in going for state in self.jobs().values()), f"jobs end: {self.jobs()}", seconds
        )

    def cancel(self):
        """Ends all jobs, those that wait before those that run, and leaves none."""
        user = pwd.getpwuid(os.geteuid()).pw_name
        self.ask("scancel", "--state=PENDING", f"--user={user}")
        self.ask("scancel", f"--user={user}")
        self.wait(60)

    def logs(self, lines=25):
        """The end of what the daemons said."""
        text = ""
        for file in sorted([*self.folder.glob("*.log"), *self.folder.glob("*.output")]):
            said = file.read_text(errors="replace").splitlines()[-lines:]
            text += f"--- {file.name}\n" + "\n".join(said) + "\n"
        return text

    def stop(self):
        """Ends the jobs, then the daemons, the last started first; nothing of the cluster is left."""
        if len(self.daemons) == 3:
            self.cancel()
        for daemon in reversed(self.daemons):
            daemon.send_signal(signal.SIGTERM)
            try:
                daemon.wait(20)
            except subprocess.TimeoutExpired:
                daemon.kill()
                daemon.wait()
        self.daemons = []
        shutil.rmtree(self.folder, ignore_errors=True)


if __name__ == "__main__":  # a cluster to play with
    signal.signal(signal.SIGTERM, lambda *_: sys.exit())
    with LocalSlurm() as cluster:
        print(f"export SLURM_CONF={cluster.environment['SLURM_CONF']}   # until Ctrl-C", flush=True)
        try:
            signal.pause()
        except KeyboardInterrupt:
            sys.exit()
