package conditions

// Condition is a line of the table.
type Condition = condition

// LongestProbe is how long all of them may take, and a moment.
const LongestProbe = longestProbe

// For tests.
var (
	LookAt      = lookAt
	Table       = table
	VitalOnes   = vital
	PolicyNames = policyNames
	IDOf        = func(c condition) string { return c.id }
)
