from django.contrib.auth.hashers import Argon2PasswordHasher


class TunedArgon2Hasher(Argon2PasswordHasher):
    """Argon2id at RFC 9106's memory-light end: 19 MiB, two passes, one lane.

    Django's default costs a quarter of a second of CPU per sign-in, which a province's
    teachers on a Monday morning would pay for in a queue. Measured in ``docs/accounts.md``.
    """

    time_cost = 2
    memory_cost = 19 * 1024  # KiB
    parallelism = 1
