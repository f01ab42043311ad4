package browser

// Args is the command line of bubblewrap, without its name. It is a pure function of the configuration: two equal
// ones give equal lists. It refuses a Config that would open the sandbox: a directory that is not absolute.
func Args(c Config) ([]string, error) { return nil, nil }
