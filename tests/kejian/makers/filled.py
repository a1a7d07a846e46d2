"""What makers and the worker give, all of it."""


def filled(maker, holes):
    """Each hole with what was made of it."""
    with maker.make(holes) as made:
        return dict(made)


def answers(worker, jobs):
    """What became of each job, in their order."""
    with worker.running(jobs, {}) as told:
        return [answer for _, answer in sorted(told, key=lambda one: one[0])]
