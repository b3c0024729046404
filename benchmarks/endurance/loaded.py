"""Everything a program of the product loads, for the process from which they are forked."""

import uvicorn.lifespan.on
import uvicorn.loops.auto
import uvicorn.protocols.http.auto

import api.app
import benchmarks.endurance.site
import rostering
import rukang.__main__

__all__ = ["api", "benchmarks", "rostering", "rukang", "uvicorn"]
