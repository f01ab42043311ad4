package kiosk

import (
	"time"

	tea "charm.land/bubbletea/v2"

	"estran/session"
)

// wipingScreen is « Effacement »: the tide comes over the footprints as each step is done and checked, and what is
// done is told in the water behind it.
type wipingScreen struct {
	level float64 // how far the tide has come, from 0 to 1
	shift float64 // how far its edge has moved along
	last  bool    // the wipe has ended well: the tide comes in, then the receipt is shown
}

// The tide moves tideFrames times a second, and needs at least tideSteps frames from end to end: a wipe may be quicker
// than the eye.
const (
	tideFrame = 60 * time.Millisecond
	tideSteps = 36
)

func (s *wipingScreen) title(w *world) string { return w.t("wiping.title") }
func (s *wipingScreen) help() string          { return "wiping" }

// reached is how far the tide may come: what was verified, and a little of what is being done.
func (s *wipingScreen) reached(w *world) float64 {
	if s.last {
		return 1
	}
	done, all := 0.0, max(len(w.status.Wipe), 1)
	for _, step := range w.status.Wipe {
		switch step.State {
		case session.StepVerified:
			done++
		case session.StepRunning:
			done += 0.5
		}
	}
	return done / float64(all)
}

func (s *wipingScreen) next(w *world) time.Duration {
	if w.options.Still || s.level >= s.reached(w) && !s.last {
		return 0
	}
	return tideFrame
}

// ticked moves the tide, and shows the receipt when it is in.
func (s *wipingScreen) ticked(w *world) tea.Cmd {
	s.level = min(s.level+1.0/tideSteps, s.reached(w))
	s.shift += 0.7
	if s.last && s.level >= 1 {
		return w.showReceipt()
	}
	return nil
}

func (s *wipingScreen) draw(p *page) {
	p.top = true
	if p.status.State == session.Starting {
		p.say(inkText, p.t("end.recovery"))
	} else if key := "end." + string(p.status.End); p.has(key) {
		p.say(inkText, p.t(key))
	}
	p.say(inkStrong, p.t("wiping.lead"))
	p.gap(1)
	for i, step := range p.status.Wipe {
		if step.State == session.StepWaiting || i > s.told(p.world) {
			break
		}
		if i == s.told(p.world) && step.State == session.StepVerified {
			step.State = session.StepRunning // the tide is not there yet
		}
		p.step(step)
	}
}

// told is how many steps the tide has passed: each is told as done when it does.
func (s *wipingScreen) told(w *world) int {
	all := len(w.status.Wipe)
	if w.options.Still {
		return all
	}
	return int(s.level*float64(all) + 0.001)
}

// step tells one step of the wipe.
func (p *page) step(step session.StepStatus) {
	switch step.State {
	case session.StepVerified:
		p.told(inkGood, p.t("step."+step.ID+".done"))
	case session.StepFailed:
		p.told(inkDanger, p.t("step."+step.ID+".failed"))
	default:
		p.sheet.put(0, p.y, inkSoft, "≈")
		p.sayAt(2, p.wide-2, inkSoft, p.t("step."+step.ID+".doing"))
	}
}

func (s *wipingScreen) pick(*world, string) tea.Cmd { return nil }

func (s *wipingScreen) banner(w *world) notice {
	done := 0
	for _, step := range w.status.Wipe {
		done += boolInt(step.State == session.StepVerified)
	}
	return notice{inkText, w.t("wiping.lead") + " " + w.t("wiping.progress", done, len(w.status.Wipe))}
}

// drawBeach draws the sand that the tide has not reached yet, with the footprints on it, over the given rows.
func (s *wipingScreen) drawBeach(w *world, on *sheet, free, top, bottom int) bool {
	level := s.level
	if w.options.Still {
		level = s.reached(w)
	}
	tide := max(top+1, free) + int(level*float64(bottom-max(top+1, free)))
	if tide >= bottom {
		return false
	}
	on.fill(rect{0, tide, w.width, bottom - tide + 1}, inkShore)
	on.footprints(top+2, bottom, tide+1)
	on.tideline(tide, s.shift)
	return true
}
