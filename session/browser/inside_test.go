package browser

// inside is what this binary does in the sandbox.
func inside(args []string) int { return 0 }
