package kiosk

import (
	"maps"
	"slices"
	"time"

	"estran/session"
	"estran/session/assist/mandate"
)

// draft is a mandate while the wizard asks for it. What is typed is in its fields and nowhere else; wipe overwrites them.
// A mandate.Mandate is made of it for as long as it is looked at or printed.
type draft struct {
	explained  map[mandate.Explanation]bool
	protection mandate.Protection
	services   []*service
	sites      []*typedSite
	refused    map[int]bool // official sites of the services that the browser shall not open
	connect    bool         // FranceConnect may be opened too
	accounts   map[int]bool // official sites whose account is used there
	redirect   bool
	keep       mandate.Keep
	span       span
	date       dateField // for spanDate

	person, agent, function, structure, place *field

	detail  *field // a service or a thing to do that is being typed
	address *field // a site that is being typed
}

// service is a thing that the agent may do: on an official site, or in words.
type service struct {
	kind mandate.FormalityKind
	site int    // the index of an official site of the configuration, -1 for words
	name *field // the words
}

// typedSite is a site that is not one of the official ones, as mandate.Host gave it.
type typedSite struct {
	host *field
	off  bool
}

// maxHost is the longest name of a host (RFC 1035, 2.3.4), and the address around it when one is pasted.
const maxHost = 300

func newDraft(c session.AssistConfig) *draft {
	return &draft{
		explained: map[mandate.Explanation]bool{}, refused: map[int]bool{}, accounts: map[int]bool{}, date: dateField{make([]byte, 0, dateFigures)},
		person: newField(mandate.MaxName, ""), agent: newField(mandate.MaxName, ""), place: newField(mandate.MaxName, ""),
		function: newField(mandate.MaxName, c.Function), structure: newField(mandate.MaxName, c.Structure),
		detail: newField(mandate.MaxDetail, ""), address: newField(maxHost, ""),
	}
}

// of lists what the agent may do of a kind, in the order in which it was chosen.
func (d *draft) of(kind mandate.FormalityKind) []*service {
	var all []*service
	for _, s := range d.services {
		if s.kind == kind {
			all = append(all, s)
		}
	}
	return all
}

// add takes a thing to do up; it says whether there was room on the sheet.
func (d *draft) add(s *service) bool {
	if len(d.services) == mandate.MaxFormalities {
		return false
	}
	d.services = append(d.services, s)
	return true
}

// remove forgets a thing to do.
func (d *draft) remove(s *service) {
	if s.name != nil {
		s.name.wipe()
	}
	d.services = slices.DeleteFunc(d.services, func(o *service) bool { return o == s })
}

// on finds the thing to do of a kind on an official site.
func (d *draft) on(kind mandate.FormalityKind, site int) *service {
	for _, s := range d.of(kind) {
		if s.site == site {
			return s
		}
	}
	return nil
}

// detailOf is what a thing to do is called: its site, or its words.
func (d *draft) detailOf(w *world, s *service) session.Private {
	switch {
	case s.name != nil:
		return s.name.text()
	case s.site >= 0 && s.site < len(w.options.Config.Sites):
		return session.Private(w.options.Config.Sites[s.site].Name)
	}
	return ""
}

// official are the official sites of the services that were chosen, by their index, those with a name for the browser.
func (d *draft) official(w *world) []int {
	there := map[int]bool{}
	for _, s := range d.services {
		if s.site >= 0 && s.site < len(w.options.Config.Sites) && w.hostOfSite(s.site) != "" {
			there[s.site] = true
		}
	}
	return slices.Sorted(maps.Keys(there))
}

// hostOfSite is the host of an official site, "" when the browser could not be held to it.
func (w *world) hostOfSite(n int) string {
	host, err := mandate.Host(w.options.Config.Sites[n].URL)
	if err != nil {
		return ""
	}
	return host
}

// hosts are the sites that the browser shall open.
func (d *draft) hosts(w *world) []session.Private {
	var all []session.Private
	for _, n := range d.official(w) {
		if !d.refused[n] {
			all = append(all, session.Private(w.hostOfSite(n)))
		}
	}
	for _, s := range d.sites {
		if !s.off {
			all = append(all, s.host.text())
		}
	}
	if d.connect && !slices.Contains(all, franceConnect) {
		all = append(all, franceConnect)
	}
	for _, n := range d.accountsOf(w) {
		if d.accounts[n] {
			all = append(all, session.Private(w.hostOfSite(n)))
		}
	}
	return all
}

// mandate is what was answered so far.
func (d *draft) mandate(w *world) mandate.Mandate {
	m := mandate.New(w.options.Config.Assist, w.now())
	m.Person, m.Agent, m.Place = d.person.text(), d.agent.text(), d.place.text()
	m.Function, m.Structure = d.function.text().Reveal(), d.structure.text().Reveal()
	m.Explained = maps.Clone(d.explained)
	m.Protection, m.Redirect, m.Keep = d.protection, d.redirect, d.keep
	m.Formalities = d.formalities(w)
	m.Sites = d.hosts(w)
	m.Until = d.until(w.now())
	return m
}

// formalities are what the agent may do, kind by kind.
func (d *draft) formalities(w *world) []mandate.Formality {
	var all []mandate.Formality
	for _, kind := range mandate.FormalityKinds() {
		for _, s := range d.of(kind) {
			all = append(all, mandate.Formality{Kind: kind, Detail: d.detailOf(w, s)})
		}
	}
	return all
}

// until is the last day; the zero time when a date was asked for and there is no such day.
func (d *draft) until(today time.Time) time.Time {
	if d.span != spanDate {
		return d.span.until(today)
	}
	day, ok := d.date.day(today.Location())
	if !ok {
		return time.Time{}
	}
	return day
}

// begun says that there is something to lose.
func (d *draft) begun() bool {
	return len(d.explained)+len(d.services)+len(d.sites) > 0 || d.protection != mandate.ProtectionUnasked ||
		!d.person.empty() || !d.agent.empty()
}

// wipe overwrites what was typed and forgets what was chosen.
func (d *draft) wipe() {
	for _, f := range []*field{d.person, d.agent, d.function, d.structure, d.place, d.detail, d.address} {
		f.wipe()
	}
	for _, s := range d.services {
		if s.name != nil {
			s.name.wipe()
		}
	}
	for _, s := range d.sites {
		s.host.wipe()
	}
	d.date.wipe()
	clear(d.explained)
	clear(d.refused)
	clear(d.accounts)
	d.services, d.sites, d.connect = nil, nil, false
	d.protection, d.redirect, d.keep, d.span = mandate.ProtectionUnasked, false, mandate.KeepNone, spanDay
}
