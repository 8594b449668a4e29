"""whatnext answers: what next, when a treatment did not work."""

from app.garbage import collect_rarely

# Before all else: a quarter of the time that imports take would go into garbage.
collect_rarely()
