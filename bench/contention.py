"""Eight browsers sign one gate in the same moment; `bench.stored` says what is left of it."""

from collections import Counter
from threading import Barrier, Thread

from bench.load import Visitor

CLIENTS = 8
TOLD_NO = {409, 422}  # the other one was faster, and the page says so


def crowd(port: int, password: str) -> list[Visitor]:
    """Sign in four times for each side."""
    who = ("ivo", "hana") * (CLIENTS // 2)
    return [Visitor(port).sign_in(f"{name}@example.com", password) for name in who]


def all_sign(crowd: list[Visitor], round_id: int, password: str) -> Counter[int]:
    """Let everybody prove, then sign at once; count the answers by their status."""
    fields = {"password": password}
    proved = [one.post(f"/bench/proved/{round_id}/", fields) for one in crowd]
    answers: list[int] = []
    barrier = Barrier(len(crowd))

    def sign(visitor: Visitor, nonce: str) -> None:
        barrier.wait()
        answers.append(visitor.post(f"/bench/signed/{nonce}/", {}).status)

    threads = [
        Thread(target=sign, args=(one, answer.body.decode()))
        for one, answer in zip(crowd, proved, strict=True)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return Counter(answers)


def errors(answers: Counter[int]) -> int:
    """Count what was neither signed nor told."""
    return sum(count for status, count in answers.items() if status not in {302, *TOLD_NO})
