import os
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
VAR = Path(os.environ.get("YANXIU_VAR", ROOT / "var"))
VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"
LOGS = VAR / "log"
NODE_MODULES = ROOT / "node_modules"
