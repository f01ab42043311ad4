package kiosk

import tea "charm.land/bubbletea/v2"

// newWizard is the mandate. This file holds its place until the wizard is merged.
func newWizard(*world) screen { return &wizardPlace{} }

// newDoneScreen is the sheet of what was done; the wizard brings that too.
func newDoneScreen(*world) screen { return &wizardPlace{} }

type wizardPlace struct{}

func (s *wizardPlace) title(w *world) string       { return w.t("act.with") }
func (s *wizardPlace) draw(p *page)                { p.actions() }
func (s *wizardPlace) pick(*world, string) tea.Cmd { return nil }
func (s *wizardPlace) agentOnly()                  {}
