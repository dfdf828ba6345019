import socket
import threading

import pytest

from gigasite.models.errors import ClusterError, SiteFileError
from gigasite.reports.sweep import scheduler as sweep_scheduler

pytest.importorskip("distributed", reason="Dask is not installed: pip install 'gigasite[cluster]'")


@pytest.mark.parametrize(
    "address", ["nonsense", "host:8786", "foo://x:1", "tcp://host", "tcp://:8786", "tcp://h:999999"]
)
def test_what_is_no_address_is_told_with_its_value(address):
    with pytest.raises(SiteFileError) as caught:
        sweep_scheduler.check(address)
    assert len(caught.value.problems) == 1
    assert repr(address) in str(caught.value)


def test_scheduler_that_is_not_there_is_told_in_one_line():
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        address = f"tcp://127.0.0.1:{free.getsockname()[1]}"
    with pytest.raises(ClusterError) as caught:
        sweep_scheduler.check(address)
    assert caught.value.exit_code == 4
    assert "\n" not in str(caught.value)
    assert f"dask worker {address}" in str(caught.value)


@pytest.mark.parametrize("answer", [b"", b"HTTP/1.1 400 Bad Request\r\n\r\n"], ids=["silent", "another program"])
def test_other_programs_are_no_schedulers(monkeypatch, answer):
    monkeypatch.setattr(sweep_scheduler, "PATIENCE_SECONDS", 1)
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        listening.listen()
        kept = []

        def serve():
            while True:
                try:
                    kept.append(listening.accept()[0])
                    kept[-1].sendall(answer)
                except OSError:
                    return

        threading.Thread(target=serve, daemon=True).start()
        with pytest.raises(ClusterError, match="is no Dask scheduler"):
            sweep_scheduler.check(f"tcp://127.0.0.1:{listening.getsockname()[1]}")
        listening.shutdown(socket.SHUT_RDWR)
    for each in kept:
        each.close()
