package kiosk

import (
	"time"

	"estran/session"
)

// aiding are the screens of an agent, and those that an agent changes.
func aiding() []scene {
	return []scene{
		{"bienvenue-agents", func(h *harness) { h.status(possible(ready())) }},
		{"bienvenue-agent-present", func(h *harness) { h.status(attended(ready())) }},
		{"modes-agents", func(h *harness) { h.status(possible(ready())); h.press("1"); h.accept() }},
		{"modes-sans-je-fais", func(h *harness) {
			h.m.options.Config.Assist.Act = "off"
			h.status(possible(ready()))
			h.press("1")
			h.accept()
		}},
		{"identification", func(h *harness) { h.signIn(); h.write("lea"); h.press("tab"); h.write("secret") }},
		{"identification-refusee", func(h *harness) {
			h.refusedAgent(session.ErrAgentWrong, func(a *session.AgentStatus) { a.TriesLeft, a.WaitLeft = 4, 5*time.Second })
		}},
		{"identification-attente", func(h *harness) {
			h.refusedAgent(session.ErrAgentWait, func(a *session.AgentStatus) { a.WaitLeft = 12 * time.Second })
		}},
		{"identification-bloquee", func(h *harness) { h.refusedAgent(session.ErrAgentBlocked, nil) }},
		{"identification-liste", func(h *harness) { h.refusedAgent(session.ErrAgentsUntrusted, nil) }},
		{"identification-appel", func(h *harness) { h.status(possible(open())); h.press("8") }},
		{"espace", func(h *harness) { h.space(session.Activity{Total: 12}) }},
		{"espace-peu", func(h *harness) { h.space(session.Activity{Few: true}) }},
		{"espace-sans-je-fais", func(h *harness) {
			h.m.options.Config.Assist.Act = "off"
			h.space(session.Activity{})
		}},
		{"espace-en-session", func(h *harness) { h.status(inMode(session.Accompany)); h.press("m") }},
		{"espace-a-compter", func(h *harness) {
			s := attended(ready())
			s.Agent.Uncounted = true
			h.status(s)
			h.press("m")
		}},
		{"espace-maintenance", func(h *harness) {
			s := attended(ready())
			s.Agent.Profile = session.ProfileMaintenance
			h.status(s)
			h.press("m")
		}},
		{"je-forme-avant", func(h *harness) { h.before("1"); h.press("1", "3") }},
		{"j-accompagne-avant", func(h *harness) { h.before("2"); h.press("1", "0") }},
		{"je-fais-avant", func(h *harness) { h.before("3") }},
		{"je-forme-pendant", func(h *harness) { h.status(inMode(session.Train)); h.press("9"); h.press("2") }},
		{"j-accompagne-pendant", func(h *harness) { h.status(inMode(session.Accompany)); h.press("8") }},
		{"je-fais-apres", func(h *harness) { h.status(inMode(session.Act)); h.press("8"); h.press("0") }},
		{"accord-je-forme", func(h *harness) { h.before("1"); h.press("0", "0"); h.advance(Grace) }},
		{"accord-j-accompagne", func(h *harness) { h.before("2"); h.press("0", "0"); h.advance(Grace) }},
		{"accord-je-fais", func(h *harness) { h.before("3"); h.press("0", "0"); h.advance(Grace) }},
		{"accord-non", func(h *harness) { h.before("2"); h.press("0", "0"); h.advance(Grace); h.press("2") }},
		{"accord-non-en-session", func(h *harness) {
			h.status(inMode(session.Alone))
			h.press("8")
			h.press("2", "0", "0")
			h.advance(Grace)
			h.press("2")
		}},
		{"mandat-ou-non", func(h *harness) {
			h.m.options.Config.Assist.Act = "optional"
			h.status(inMode(session.Accompany))
			h.press("m", "3", "0", "0")
			h.advance(Grace)
			h.press("1")
		}},
		{"changement", func(h *harness) {
			h.station.fail[callSetMode] = session.ErrMandate
			h.acting("caf.fr", "ameli.fr")
		}},
		{"session-agents", func(h *harness) { h.status(possible(open())) }},
		{"session-je-forme", func(h *harness) { h.status(inMode(session.Train)) }},
		{"session-j-accompagne", func(h *harness) { h.status(inMode(session.Accompany)) }},
		{"session-je-fais", func(h *harness) {
			h.acting("caf.fr", "ameli.fr")
			h.status(inMode(session.Act))
		}},
		{"session-je-fais-relance", func(h *harness) {
			s := inMode(session.Act)
			s.Browser.Limited = true
			h.status(s)
		}},
		{"bientot-fini-agent", func(h *harness) {
			s := inMode(session.Accompany)
			s.TimeLeft, s.Ending, s.Extensions = 4*time.Minute, true, 0
			h.status(s)
		}},
		{"apres", func(h *harness) { h.status(inMode(session.Accompany)); h.press("f", "1") }},
		{"apres-je-fais", func(h *harness) { h.status(inMode(session.Act)); h.press("f") }},
		{"compter-qui", func(h *harness) { h.taps() }},
		{"compter-themes", func(h *harness) { h.taps("1"); h.press("1", "6") }},
		{"compter-age", func(h *harness) { h.taps("1", "1", "enter") }},
		{"compter-statut", func(h *harness) { h.taps("1", "1", "enter", "5") }},
		{"efface-a-compter", func(h *harness) {
			h.station.receipt = receipt()
			s := wiped()
			s.Agent.Uncounted = true
			h.status(s)
		}},
		{"internet-j-accompagne", func(h *harness) {
			h.status(inMode(session.Accompany))
			h.press("1", "enter")
			s := inMode(session.Accompany)
			s.Browser.State = session.BrowserOpen
			h.status(s)
		}},
	}
}

// possible is a station on which an agent can sign in.
func possible(s session.Status) session.Status {
	s.Agent.Possible = true
	return s
}

// attended is one on which an agent is signed in.
func attended(s session.Status) session.Status {
	s.Agent = session.AgentStatus{Possible: true, Present: true, Profile: session.ProfileMediateur}
	return s
}

// inMode is a session with an agent.
func inMode(m session.Mode) session.Status {
	s := attended(open())
	s.Mode = m
	s.Agent.Uncounted = m != session.Alone
	return s
}

// signIn is in front of the fields.
func (h *harness) signIn() {
	h.t.Helper()
	h.status(possible(ready()))
	h.press("m")
}

// refusedAgent has tried to sign in.
func (h *harness) refusedAgent(err error, change func(*session.AgentStatus)) {
	h.t.Helper()
	h.signIn()
	h.station.fail[callSignIn] = err
	h.write("lea")
	h.press("enter")
	h.write("secret")
	h.press("enter")
	if change != nil {
		s := possible(ready())
		change(&s.Agent)
		h.status(s)
	}
}

// space is « Espace médiateur » with an agent, before a session.
func (h *harness) space(a session.Activity) {
	h.t.Helper()
	h.station.said.activity = a
	h.status(attended(ready()))
	h.press("m")
}

// before is in front of what comes before a situation.
func (h *harness) before(key string) {
	h.t.Helper()
	h.space(session.Activity{Total: 12})
	h.press(key)
}

// acting asks for « je fais » on these sites, as the mandate does.
func (h *harness) acting(sites ...session.Private) {
	h.t.Helper()
	h.status(inMode(session.Accompany))
	h.drain(h.m.beginAct(sites, true))
	h.m.fresh = false
}

// taps is at the end of a help, past what comes after, and on.
func (h *harness) taps(keys ...string) {
	h.t.Helper()
	h.status(inMode(session.Accompany))
	h.press("f", "0")
	h.press(keys...)
}
