"""./dev bench: the figures, taken on servers of their own."""

from launcher.places import PYTHON, ROOT
from launcher.processes import foreground
from launcher.say import StopError, say
from launcher.testing import EMBEDDED, tested_on

ENTRY = ROOT / "bench" / "__main__.py"


def bench(arguments: list[str]) -> int:
    """Run bench/ against fresh servers; it starts the product itself."""
    if not ENTRY.exists():
        raise StopError("there is nothing to measure yet: bench/ has no __main__.py.")
    with tested_on(EMBEDDED) as (env, engines):
        env["DJANGO_SETTINGS_MODULE"] = "config.settings"
        code = foreground([PYTHON, "-m", "bench", *arguments], env=env)
    say(f"engines: {engines}")
    return code
