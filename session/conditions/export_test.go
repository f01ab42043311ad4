package conditions

// Condition is a line of the table.
type Condition = condition

// For tests.
var (
	LookAt      = lookAt
	Table       = table
	VitalOnes   = vital
	PolicyNames = policyNames
	IDOf        = func(c condition) string { return c.id }
)
