package kiosk

import (
	"errors"
	"slices"
	"strconv"
	"strings"

	tea "charm.land/bubbletea/v2"

	"estran/session"
	"estran/session/assist/mandate"
)

// sitesStep asks which sites the browser may open while the agent acts: those of the services that were chosen are
// proposed, others are typed. Access is limited to what the help is for.
type sitesStep struct{}

func (sitesStep) ask(_ *wizardScreen, w *world) string { return w.t("wizard.sites.ask") }

func (sitesStep) draw(s *wizardScreen, p *page) {
	p.actions(onward(p.world))
	s.question(p)
	p.say(inkSoft, p.t("wizard.sites.hint"))
	p.gap(1)
	var cs []choice
	for _, n := range s.draft.official(p.world) {
		cs = append(cs, choice{
			id: sitePrefix + strconv.Itoa(n), label: ticked(!s.draft.refused[n], p.hostOfSite(n)),
			hint: p.options.Config.Sites[n].Name,
		})
	}
	for n, site := range s.draft.sites {
		cs = append(cs, choice{id: typedPrefix + strconv.Itoa(n), label: ticked(!site.off, site.host.text().Printable())})
	}
	cs = append(cs,
		choice{id: "connect", label: ticked(s.draft.connect, p.t("wizard.sites.connect")), hint: p.t("wizard.sites.connect_why")},
	)
	for _, n := range s.draft.accountsOf(p.world) {
		cs = append(cs, choice{
			id: accountPrefix + strconv.Itoa(n), label: ticked(s.draft.accounts[n], p.hostOfSite(n)),
			hint: p.options.Config.Sites[n].Name,
		})
	}
	cs = append(cs, choice{id: "add", label: p.t("wizard.sites.add")})
	if s.draft.connect {
		why := p.t("wizard.sites.connect_other")
		p.below = len(wrap(why, p.wide)) + 1
		p.tiles(2, cs...)
		p.gap(boolInt(p.room-p.y >= p.below))
		p.say(inkSand, why)
		return
	}
	p.tiles(2, cs...)
}

// franceConnect is where many services of the State let people sign in (app.franceconnect.gouv.fr): a browser that is held
// to the site of one service would end there. The account that is used there may need its own site too.
const franceConnect session.Private = "franceconnect.gouv.fr"

// accountHosts are the services whose account most people use at FranceConnect.
var accountHosts = []string{"impots.gouv.fr", "ameli.fr"}

const accountPrefix = "account:"

// accountsOf are the official sites of these services, once FranceConnect is ticked, but for those that are proposed anyway.
func (d *draft) accountsOf(w *world) []int {
	if !d.connect {
		return nil
	}
	var all []int
	official := d.official(w)
	for n := range w.options.Config.Sites {
		host := w.hostOfSite(n)
		typed := func(s *typedSite) bool { return s.host.text() == session.Private(host) }
		if slices.Contains(accountHosts, host) && !slices.Contains(official, n) && !slices.ContainsFunc(d.sites, typed) {
			all = append(all, n)
		}
	}
	return all
}

// isFranceConnect says that a host is that one, or under it.
func isFranceConnect(host session.Private) bool {
	return host == franceConnect || strings.HasSuffix(host.Reveal(), "."+franceConnect.Reveal())
}

func (sitesStep) pick(s *wizardScreen, w *world, id string) tea.Cmd {
	switch id {
	case "add":
		return w.push(&siteScreen{draft: s.draft})
	case "connect":
		s.draft.connect = !s.draft.connect
		if s.tooMany(w) {
			s.draft.connect = false
		}
		return nil
	}
	if n, ok := numberOf(id, accountPrefix); ok {
		s.draft.accounts[n] = !s.draft.accounts[n]
		if s.tooMany(w) {
			s.draft.accounts[n] = false
		}
	}
	if n, ok := numberOf(id, sitePrefix); ok {
		s.draft.refused[n] = !s.draft.refused[n]
	}
	if n, ok := numberOf(id, typedPrefix); ok && n < len(s.draft.sites) {
		s.draft.sites[n].off = !s.draft.sites[n].off
	}
	return nil
}

// tooMany says that there are more sites than a mandate may name.
func (s *wizardScreen) tooMany(w *world) bool {
	if len(s.draft.hosts(w)) <= session.MaxActSites {
		return false
	}
	w.say(inkWarn, w.t("wizard.sites.full", session.MaxActSites))
	return true
}

func (sitesStep) missing(s *wizardScreen, w *world) string {
	if len(s.draft.hosts(w)) == 0 {
		return w.t("wizard.sites.missing")
	}
	return ""
}

// siteScreen asks for the address of one more site, and makes the name of a host of whatever was typed or pasted.
type siteScreen struct{ draft *draft }

func (s *siteScreen) title(w *world) string { return w.t("wizard.title") }
func (s *siteScreen) help() string          { return "wizard_typing" }
func (s *siteScreen) agentOnly()            {}
func (s *siteScreen) writes() bool          { return true }

func (s *siteScreen) draw(p *page) {
	p.typing(typing{
		badge: p.t("wizard.sites.add"), ask: p.t("wizard.site.ask"), field: s.draft.address, hint: p.t("wizard.site.hint"),
		placeholder: p.t("wizard.placeholder"), enter: p.t("wizard.next"),
	})
}

func (s *siteScreen) key(w *world, k tea.KeyPressMsg) (tea.Cmd, bool) {
	return nil, w.typeOn(s.draft.address, k)
}

func (s *siteScreen) pick(w *world, id string) tea.Cmd {
	if id != idEnter {
		return nil
	}
	if s.draft.address.empty() {
		return w.back()
	}
	host, err := mandate.Host(s.draft.address.text().Reveal())
	switch {
	case err != nil:
		w.say(inkWarn, w.hostProblem(err))
		return nil
	case !s.draft.open(w, session.Private(host)):
		w.say(inkWarn, w.t("wizard.sites.full", session.MaxActSites))
		return nil
	}
	s.draft.address.wipe()
	return w.back()
}

// open takes a host up, or ticks it where it is there already; it says whether there was room.
func (d *draft) open(w *world, host session.Private) bool {
	if isFranceConnect(host) {
		d.connect = true
		return true
	}
	for _, n := range d.official(w) {
		if session.Private(w.hostOfSite(n)) == host {
			d.refused[n] = false
			return true
		}
	}
	for _, n := range d.accountsOf(w) {
		if session.Private(w.hostOfSite(n)) == host {
			d.accounts[n] = true
			return true
		}
	}
	if n := slices.IndexFunc(d.sites, func(s *typedSite) bool { return s.host.text() == host }); n >= 0 {
		d.sites[n].off = false
		return true
	}
	if len(d.official(w))+len(d.accountsOf(w))+len(d.sites)+boolInt(d.connect) >= session.MaxActSites {
		return false
	}
	d.sites = append(d.sites, &typedSite{host: newField(maxHost, host.Reveal())})
	return true
}

// hostProblem says kindly what was not the address of a site.
func (w *world) hostProblem(err error) string {
	why := mandate.ErrHostForm
	errors.As(err, &why)
	return w.t("mandate.problem." + string(why))
}

func (s *siteScreen) banner(w *world) notice {
	return typedLine(s.draft.address, w.t("wizard.site.ask"))
}
