from __future__ import annotations

import sys
from pathlib import Path

# Tests here import `exports`, wherever pytest is started.
sys.path.append(str(Path(__file__).parent))
