package kiosk

import tea "charm.land/bubbletea/v2"

func (w *world) openTextBrowser(site int) tea.Cmd { return nil }
