package browser

// Policies is the policies.json that Firefox reads
// (https://mozilla.github.io/policy-templates/).
func Policies(c Config) ([]byte, error) { return nil, nil }
