"""The weights of a negotiation: how much a client wants each thing that it names."""


def read_weights(accepted: bytes) -> dict[str, float]:
    """Return what a header names, in small letters, with the weight of each.

    What cannot be read of the header is not there (RFC 9110 12.4.2).
    """
    return dict(_read_weight(one) for one in accepted.decode("latin-1").split(","))


def _read_weight(accepted: str) -> tuple[str, float]:
    name, *parameters = (part.strip() for part in accepted.split(";"))
    weight = 1.0
    for one in parameters:
        key, _, value = one.partition("=")
        if key.strip().lower() == "q":
            try:
                weight = float(value)
            except ValueError:
                weight = 0.0
    return name.lower(), weight
