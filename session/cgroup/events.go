package cgroup

// Events counts what the limits of a group did to it since it was made.
type Events struct {
	Killed  int64 // processes that ended because there was no memory left for them
	Refused int64 // processes that could not be made because there were too many
}

// Events reads what happened to the group. It can be read after all its processes have ended, before Remove.
func (g *Group) Events() (Events, error) {
	killed, err := g.count("memory.events", "oom_kill")
	if err != nil {
		return Events{}, err
	}
	refused, err := g.count("pids.events", "max")
	return Events{Killed: killed, Refused: refused}, err
}
