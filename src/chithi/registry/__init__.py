"""The records office of a unit (văn thư): how its documents look, and the register that gives them their numbers."""
