"""Runs the module that is named as argument, on the loopback address only, and ends it when the process that started it is gone.

LocalStack's server reads from GATEWAY_LISTEN only the port and would listen on all addresses.
"""

import functools
import os
import runpy
import signal
import sys
import threading
import time


def listen_on_loopback():
    try:
        from twisted.internet import endpoints
    except ImportError:
        return  # not LocalStack
    endpoints.TCP4ServerEndpoint = functools.partial(endpoints.TCP4ServerEndpoint, interface="127.0.0.1")


def end_with(parent):
    while os.getppid() == parent:
        time.sleep(1)
    os.kill(os.getpid(), signal.SIGTERM)


threading.Thread(target=end_with, args=(os.getppid(),), daemon=True).start()
listen_on_loopback()
module = sys.argv[1]
sys.argv = sys.argv[1:]
runpy.run_module(module, run_name="__main__", alter_sys=True)
