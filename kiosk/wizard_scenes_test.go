package kiosk

import (
	"context"
	"io"
	"os"
	"strings"
	"testing"

	"estran/session"
)

// paperStation also takes sheets, and keeps what it was given of them.
type paperStation struct {
	*fakeStation
	kinds  []session.PaperKind
	sheets []string
	act    session.ActOptions
}

func (f *paperStation) take(kind session.PaperKind, pdf *os.File) {
	data, err := io.ReadAll(io.NewSectionReader(pdf, 0, session.MaxPaper))
	if err != nil {
		data = []byte(err.Error())
	}
	f.mu.Lock()
	f.kinds, f.sheets = append(f.kinds, kind), append(f.sheets, string(data))
	f.mu.Unlock()
}

func (f *paperStation) PrintPaper(_ context.Context, kind session.PaperKind, pdf *os.File) error {
	f.take(kind, pdf)
	return f.note(callPrintPaper)
}

func (f *paperStation) SavePaper(_ context.Context, kind session.PaperKind, pdf *os.File) error {
	f.take(kind, pdf)
	return f.note(callSavePaper)
}

func (f *paperStation) SetMode(_ context.Context, _ session.Mode, o session.ActOptions) error {
	f.mu.Lock()
	f.act = o
	f.mu.Unlock()
	return f.note(callSetMode)
}

// papers lets the station of the harness take sheets.
func (h *harness) papers() *paperStation {
	s := &paperStation{fakeStation: h.station}
	h.m.station = s
	return s
}

// assisted is a session with a printer and a key, of a station that knows its structure.
func (h *harness) assisted() *paperStation {
	h.m.options.Config.Assist = session.AssistConfig{
		Act: "mandate", Structure: "CCAS de Villexemple", Function: "Conseillère numérique",
		Address: "1 place de la Mairie, 00000 Villexemple", Contact: "dpo@villexemple.example",
	}
	papers := h.papers()
	h.status(assistedStatus(true, checked()))
	return papers
}

// show pushes a screen that the screens of this harness do not lead to.
func (h *harness) show(s screen) {
	cmd := h.m.push(s)
	h.m.fresh = false
	h.drain(cmd)
}

// assistedStatus is a session in which an agent is signed in.
func assistedStatus(printer bool, m session.MediumStatus) session.Status {
	s := open()
	s.Agent = session.AgentStatus{Possible: true, Present: true, Profile: session.ProfileMediateur}
	s.Printer, s.Medium = printer, m
	return s
}

// wizard opens the mandate and presses keys.
func (h *harness) wizard(keys ...string) *paperStation {
	h.t.Helper()
	papers := h.assisted()
	h.show(newWizard(&h.m.world))
	h.press(keys...)
	return papers
}

// The keys that answer the questions of a mandate, up to each: what is not pressed stays as it is proposed.
var (
	keysExplain     = []string{"1", "2", "3", "4", "enter"}
	keysProtection  = append(keysExplain[:5:5], "1")
	keysFormalities = append(keysProtection[:6:6], "3", "3", "enter", "enter")
	keysSites       = append(keysFormalities[:10:10], "enter")
	keysMail        = append(keysSites[:11:11], "enter")
	keysKeep        = append(keysMail[:12:12], "enter")
	keysDuration    = append(keysKeep[:13:13], "enter")
)

// filled is in front of the sheet of a mandate that can be signed.
func (h *harness) filled() *paperStation {
	h.t.Helper()
	papers := h.wizard(keysDuration...)
	h.names()
	return papers
}

// names answers who is who.
func (h *harness) names() {
	h.write("Camille Exemple")
	h.press("enter")
	h.write("Dominique Modèle")
	h.press("enter", "enter", "enter")
	h.write("Villexemple")
	h.press("enter")
}

// hurry goes on to the sheet without answering anything that can be left out.
func (h *harness) hurry() {
	h.t.Helper()
	s := h.m.top().screen.(*wizardScreen)
	for range 30 {
		switch s.at {
		case stepProtection:
			h.press("1")
		case stepPreview:
			return
		default:
			h.press("enter")
		}
	}
	h.t.Fatalf("the sheet is not reached:\n%s", h.plain())
}

// signed says that both people signed, and that the station lets the agent act.
func (h *harness) signed() {
	h.t.Helper()
	h.press("4", "1")
	s := h.m.status
	s.Mode = session.Act
	h.status(s)
}

// done opens what was done, after a mandate or without one.
func (h *harness) done(keys ...string) *paperStation {
	h.t.Helper()
	var papers *paperStation
	if h.m.act == nil && len(h.m.stack) == 1 {
		papers = h.assisted()
	}
	h.show(newDoneScreen(&h.m.world))
	h.press(keys...)
	return papers
}

// wizardScenes are the questions of the mandate, its sheet, and what was done, in states worth looking at.
func wizardScenes() []scene {
	in := func(name string, keys ...string) scene {
		return scene{"mandat-" + name, func(h *harness) { h.wizard(keys...) }}
	}
	with := func(keys []string, more ...string) []string { return append(keys[:len(keys):len(keys)], more...) }
	return []scene{
		in("explications", "1", "2"),
		in("explications-manquent", "1", "enter"),
		in("quitter", "1", "esc"),
		in("protection", keysExplain...),
		in("sauvegarde", with(keysExplain, "2")...),
		in("curatelle", with(keysExplain, "3")...),
		in("tutelle", with(keysExplain, "4")...),
		in("ne-sait-pas", with(keysExplain, "5")...),
		in("demarches", with(keysProtection, "1", "3", "3", "4", "enter")...),
		in("services", with(keysProtection, "3", "3", "4")...),
		{"mandat-service-tape", func(h *harness) {
			h.wizard(with(keysProtection, "6")...)
			h.write("Imprimer une attestation de quotient familial")
		}},
		{"mandat-sites", func(h *harness) { h.wizard(with(keysProtection, "3", "3", "4", "enter", "enter", "2")...) }},
		in("franceconnect", with(keysFormalities, "2", "3")...),
		{"mandat-site-tape", func(h *harness) {
			h.wizard(keysFormalities...)
			h.clickOn("add")
			h.write("192.168.0.1")
			h.press("enter")
		}},
		in("e-mails", keysSites...),
		in("identifiants", keysMail...),
		in("duree", keysKeep...),
		{"mandat-date", func(h *harness) { h.wizard(with(keysKeep, "6")...); h.write("3112") }},
		{"mandat-personne", func(h *harness) { h.wizard(keysDuration...); h.write("Camille Exemple") }},
		in("agent-manque", with(keysDuration, "a", "enter", "enter")...),
		in("structure", with(keysDuration, "a", "enter", "b", "enter", "enter")...),
		{"mandat-manque", func(h *harness) {
			h.wizard("1")
			h.hurry()
		}},
		{"mandat-relire", func(h *harness) { h.filled() }},
		{"mandat-relire-suite", func(h *harness) { h.filled(); h.press("pgdown") }},
		{"mandat-relire-sans-imprimante", func(h *harness) {
			h.filled()
			h.status(assistedStatus(false, session.MediumStatus{}))
		}},
		{"mandat-sans-papier", func(h *harness) {
			h.filled()
			h.press("1")
			s := h.m.status
			s.PrinterProblem = session.PrinterPaper
			h.status(s)
		}},
		{"mandat-long", func(h *harness) {
			h.wizard(keysDuration...)
			h.write(strings.Repeat("Élise-Ñusta ", 16))
			h.press("enter")
			h.write("علي بن محمد O'Brien / \"X\"")
			h.press("enter", "enter", "enter", "enter")
		}},
		{"mandat-signer", func(h *harness) { h.filled(); h.press("4") }},
		{"fait", func(h *harness) {
			h.filled()
			h.signed()
			h.done("1")
		}},
		{"fait-sans-mandat", func(h *harness) { h.done("2") }},
		{"fait-mot", func(h *harness) { h.done("2", "9"); h.write("Réponse de la CAF dans deux semaines.") }},
		{"fait-mots", func(h *harness) {
			h.done("2", "9")
			h.write("Réponse de la CAF dans deux semaines.")
			h.press("enter")
			h.write("Revenir avec le papier de la mairie.")
			h.press("enter", "enter")
		}},
	}
}

func TestWizardScenesAreThose(t *testing.T) {
	for _, s := range wizardScenes() {
		h := inScene(t, s, 80, 24, "fr", false, calm)
		switch h.m.top().screen.(type) {
		case *homeScreen, *helpScreen:
			t.Errorf("%s is not where it should be:\n%s", s.name, h.plain())
		}
	}
}
