return "0.1.0" -- the one place where the version stands
