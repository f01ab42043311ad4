package kiosk

import tea "charm.land/bubbletea/v2"

// newLessonScreen is the lesson. This file holds its place until the lesson is merged.
func newLessonScreen() screen { return &lessonPlace{} }

type lessonPlace struct{}

func (s *lessonPlace) title(w *world) string       { return w.t("assist.lesson") }
func (s *lessonPlace) draw(p *page)                { p.actions() }
func (s *lessonPlace) pick(*world, string) tea.Cmd { return nil }
