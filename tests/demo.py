"""Where the workbooks and local figures of the demonstration home are, October and summer."""

from pathlib import Path

DEMO = Path(__file__).parents[1] / "examples" / "demo-home"
LOCAL_POLICY = DEMO / "local-policy.yaml"
SUMMER = DEMO.with_name("demo-home-summer")
