"""Templates that offices write themselves in Word: their fields, how they are read, checked, filled and kept."""
