package conditions

// others are the conditions without which the station opens all the same.
func others() []condition {
	return []condition{kernelOptions, browserThere, browserPolicies}
}
