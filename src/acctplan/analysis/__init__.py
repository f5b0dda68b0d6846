"""What the plans add up to. Pure functions of plan, configuration and `today`, whose results carry the terms they are made of."""
