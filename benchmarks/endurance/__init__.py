"""Bad days on purpose: kills, restarts, full disks, lost keys, rivals, damaged workbooks.

``python -m benchmarks.endurance --help``. Every part does real work through the doors of the
product, disturbs it, lets people go on as they would, and counts what was lost, doubled or kept in
part by comparing what had been confirmed with what stands.
"""
