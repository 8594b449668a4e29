"""On how many examples the laws are tried: few, or as many as the environment says."""

import os

GENERATED = int(os.environ.get("LAW_EXAMPLES", "10"))
SHIPPED = int(os.environ.get("SHIPPED_LAW_EXAMPLES", "6"))
