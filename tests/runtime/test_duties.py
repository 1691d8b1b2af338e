"""A duty: done again and again, loud while it stands still, ended when asked."""

import threading

from structlog.testing import capture_logs

from services.runtime.duties import Duty


class Work:
    """Fails so many times, then sets `done` at each step."""

    def __init__(self, fails: int) -> None:
        self.fails = fails
        self.done, self.failed = threading.Event(), threading.Event()
        self.pulses = self.closed = 0

    def step(self) -> None:
        if self.fails:
            self.fails -= 1
            self.failed.set()
            raise ValueError("张三 410000199001011234")
        self.done.set()

    def pulse(self) -> None:
        self.pulses += 1

    def close(self) -> None:
        self.closed += 1


def run(work: Work) -> Duty:
    duty = Duty("work", work.step, pulse=work.pulse, close=work.close)
    duty.start()
    return duty


def end(duty: Duty) -> None:
    duty.ask_to_stop()
    assert duty.stopping
    duty.join()
    assert not duty.running


def test_trouble_is_waited_out_and_the_work_goes_on() -> None:
    """Twice it fails; it is tried again until it goes, and then stands still no more."""
    work = Work(fails=2)
    duty = run(work)
    assert work.done.wait(30)
    end(duty)
    assert duty.standing_still is None
    assert 1 == work.closed


def test_a_duty_that_stands_still_says_so_and_can_be_ended() -> None:
    """By the kind of its trouble; an error's own words could be personal and aren't logged."""
    work = Work(fails=1_000)
    with capture_logs() as logged:
        duty = run(work)
        assert work.failed.wait(30)
        end(duty)
    assert "ValueError" == duty.standing_still
    assert {"standing still"} == {entry["event"] for entry in logged}
    assert "4100" not in str(logged)
    assert 1 == work.closed
