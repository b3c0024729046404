"""Where the workbooks and the local figures of the demonstration home are."""

from pathlib import Path

DEMO = Path(__file__).parents[1] / "examples" / "demo-home"
LOCAL_POLICY = DEMO / "local-policy.yaml"
