"""The demo: an invented province built by the concepts' own demos, one step after another."""

from chithi.access.demo import one_time_logins
from chithi.demo.build import DemoSummary, build_demo
from chithi.demo.sizes import SIZES

__all__ = ["SIZES", "DemoSummary", "build_demo", "one_time_logins"]
