package station

import (
	"slices"
	"time"

	"estran/session"
	"estran/session/media"
)

// keyring is which keys are plugged in. Its zero value is empty.
type keyring struct {
	plugged []media.Source
	// spent keys are not opened until they are pulled out and plugged in again: those given back, and those that
	// were there before the session, which may be somebody else's.
	spent map[string]spending
	// udisks finds them on an installed station; nil where it is not asked.
	udisks *media.UDisks
}

type spending int

const (
	ejected spending = iota + 1
	forgotten
)

func (r *keyring) spend(path string, how spending) {
	if r.spent == nil {
		r.spent = map[string]spending{}
	}
	r.spent[path] = how
}

func (r *keyring) add(src media.Source) {
	if !slices.Contains(r.plugged, src) {
		r.plugged = append(r.plugged, src)
	}
}

func (r *keyring) has(path string) bool {
	return slices.ContainsFunc(r.plugged, func(s media.Source) bool { return s.Path == path })
}

func (r *keyring) remove(src media.Source) {
	r.plugged = slices.DeleteFunc(r.plugged, func(s media.Source) bool { return s.Path == src.Path })
	delete(r.spent, src.Path)
}

// next is the key to open, false when there is none.
func (r *keyring) next() (media.Source, bool) {
	for _, src := range r.plugged {
		if r.spent[src.Path] == 0 {
			return src, true
		}
	}
	return media.Source{}, false
}

// status is what is told when no key is open.
func (r *keyring) status() session.MediumStatus {
	for _, src := range r.plugged {
		if r.spent[src.Path] == forgotten {
			return session.MediumStatus{State: session.MediumForgotten}
		}
	}
	return session.MediumStatus{}
}

// watchKeys begins to follow keys. What is there already was plugged in before anybody was here. The caller holds mu.
func (s *Station) watchKeys() {
	if s.opts.Key != "" {
		if src, err := media.SourceAt(s.opts.Key); err != nil {
			s.log.Error("cannot use the key that was given", "error", err)
		} else {
			s.keys.add(src)
		}
	}
	if s.asksUDisks() {
		s.keys.udisks = media.NewUDisks(s.log)
		s.followKeys(s.keys.udisks.Watch(s.ctx))
	}
	if len(s.cfg.Media.Watch) > 0 {
		s.watchFolders()
	}
}

// asksUDisks says that keys are found through UDisks2: by itself only where nothing else mounts them.
func (s *Station) asksUDisks() bool {
	return s.cfg.Media.UDisks == "on" || (s.cfg.Media.UDisks == "auto" && s.rules())
}

func (s *Station) watchFolders() {
	var dirs []string
	for _, dir := range s.cfg.Media.Watch {
		dirs = append(dirs, string(dir))
	}
	for _, src := range media.Plugged(dirs) {
		s.keys.spend(src.Path, forgotten)
	}
	events, err := media.Watch(s.ctx, dirs)
	if err != nil {
		s.log.Error("cannot watch for keys", "error", err)
		return
	}
	s.followKeys(events)
}

func (s *Station) followKeys(events <-chan media.Event) {
	s.beside(func() {
		for e := range events {
			s.change(func() { s.keyEvent(e) })
		}
	})
}

// keyEvent follows a key that comes or goes. The caller holds mu.
func (s *Station) keyEvent(e media.Event) {
	if e.Kind == media.Added {
		if e.Already {
			s.keys.spend(e.Source.Path, forgotten)
		}
		s.keys.add(e.Source)
		s.useKey()
		return
	}
	s.keys.remove(e.Source)
	if s.visit == nil || s.visit.key == nil || s.visit.key.source.Path != e.Source.Path {
		return
	}
	k := s.visit.key
	if time.Since(k.stopped) < stopping {
		// It went because its drive was stopped: the visitor is told to take it until another key is there.
		s.useKey()
		return
	}
	switch k.status.State {
	case session.MediumEjected, session.MediumUnreadable, session.MediumReady:
		// Nothing was running: nothing to worry the visitor with.
		s.visit.key = nil
	default:
		k.pulled()
	}
	s.beside(func() { _ = k.close() })
	s.useKey()
}

// forgetKey makes every key that is still there somebody else's for the next visitor, but the one that was given on
// the command line. The caller holds mu.
func (s *Station) forgetKey() {
	for _, src := range s.keys.plugged {
		if src.Path == s.opts.Key {
			delete(s.keys.spent, src.Path)
			continue
		}
		s.keys.spend(src.Path, forgotten)
	}
}
