package tour

import (
	"context"
	"errors"
	"fmt"
	"io"
	"syscall"
	"time"

	"estran/assets"
	"estran/kiosk"
	"estran/session"
)

// visit is one visit, and what is to be verified of it.
type visit struct {
	*world
	*person
	texts  *assets.Texts
	memory string // the source of the session's tmpfs
	pids   []int  // what ran in the sandbox
}

// Options says where the visit takes place.
type Options struct {
	// Config is the configuration of the station; the browser, the antivirus and the sites are the tour's own.
	Config session.Config
	// RunDir and StateDir are the station's, Credential is whom its browser runs as (station.Options).
	RunDir, StateDir string
	Credential       *syscall.Credential
	// Others are files of StateDir that an earlier trial of Estran may have left (station.Options).
	Others []string
	// Fault, when not NoFault, is why the station will not open: the visit ends there, and fails.
	Fault session.Fault
	// Out takes the screens and the receipt.
	Out io.Writer
}

// Run makes the visit: nil only when all of it was verified. Everything it started is gone when it returns. The caller
// is in a mount namespace of its own.
func Run(ctx context.Context, o Options) error {
	ctx, cancel := context.WithTimeout(ctx, limit)
	defer cancel()
	began := time.Now()
	w, err := newWorld(o)
	if err != nil {
		return err
	}
	defer w.close()
	fmt.Fprintf(o.Out, "A visit on real parts. The key is %s. The web site is on this machine.\n", w.key.kind())
	v := &visit{
		world: w, texts: assets.In(assets.French),
		person: sit(ctx, o.Out, kiosk.New(w.station, kiosk.Options{Config: w.config, Still: true}), w.mark),
	}
	defer v.standUp()
	for _, act := range []func() error{
		v.begin, v.readTips, v.useInternet, v.useKey, v.saveDocument, v.lookAround, v.finish, v.verify,
	} {
		if err := act(); err != nil {
			return errors.Join(err, v.told())
		}
	}
	fmt.Fprintf(o.Out, "\nVerified: the visit left nothing behind. %.1f s in all.\n", time.Since(began).Seconds())
	return nil
}

// limit is far above what a visit takes on a slow machine.
const limit = 5 * time.Minute

// told is what the station's log says, when something went wrong.
func (v *visit) told() error {
	if log := v.log.String(); log != "" {
		return fmt.Errorf("the station's log:\n%s", log)
	}
	return nil
}

// do goes through a list of looks and choices, and stops at the first that fails.
func do(steps ...func() error) error {
	for _, s := range steps {
		if err := s(); err != nil {
			return err
		}
	}
	return nil
}

// on waits for a screen, by the key of its title, that says all of the words.
func (v *visit) on(title string, words ...string) func() error {
	return func() error { return v.await(v.texts.T(title), words...) }
}

// choose makes a choice, by the key of its label, which is a shorter one where there is little room.
func (v *visit) choose(label string) func() error {
	labels := []string{v.texts.T(label)}
	if short := label + "_short"; v.texts.Has(short) {
		labels = append(labels, v.texts.T(short))
	}
	return func() error { return v.pick(labels...) }
}

// row picks a row of a list.
func (v *visit) row(name string) func() error {
	return func() error { return v.pickInList(name) }
}

// show prints the screen under a caption.
func (v *visit) show(caption string) func() error {
	return func() error { v.print(caption); return nil }
}

// press presses a key that the screen cannot be read for: its label is drawn in big letters.
func (v *visit) press(key string) func() error {
	return func() error { v.send(keyNamed(key)); return nil }
}

// pastTips goes on when the station brings a tip back before what was chosen.
func (v *visit) pastTips(title string) func() error {
	goOn := v.texts.T("choice.continue")
	return func() error {
		for {
			err := v.until("the screen "+title, func(s string) bool { return has(s, v.texts.T(title), nil) || offers(s, goOn) })
			if err != nil {
				return err
			}
			if screen, _, _ := v.look(); has(screen, v.texts.T(title), nil) {
				return nil
			}
			v.print("A tip comes back at the right moment")
			before, _, _ := v.look()
			if err := v.pick(goOn); err != nil {
				return err
			}
			if err := v.until("the next screen", func(s string) bool { return titleOf(s) != titleOf(before) }); err != nil {
				return err
			}
		}
	}
}

func (v *visit) begin() error {
	return do(
		v.on("welcome.title"), v.show("The first screen"), v.press("1"),
		v.on("rules.title"), v.show("The charter: no name is asked"), v.readRules,
		v.on("modes.title"), v.show("Alone, or with somebody"), v.choose("modes.alone"),
	)
}

// readRules turns the pages of the charter, then accepts.
func (v *visit) readRules() error {
	more, accept := v.texts.T("rules.more"), v.texts.T("rules.accept")
	for {
		err := v.until("the choices of the charter", func(s string) bool { return offers(s, more) || offers(s, accept) })
		if err != nil {
			return err
		}
		before, _, _ := v.look()
		if offers(before, accept) {
			return v.pick(accept)
		}
		if err := v.pick(more); err != nil {
			return err
		}
		if err := v.until("the next page", func(s string) bool { return s != before }); err != nil {
			return err
		}
	}
}

func (v *visit) readTips() error {
	tip := func(n int) func() error {
		return func() error { return v.await(v.texts.T("tip.title", n)) }
	}
	return do(
		tip(1), v.show("The first of the CNIL's twelve tips"), v.choose("choice.next"),
		tip(2), v.show("The second; all of them can be read again later"), v.choose("choice.skip"),
		v.on("session.title"), v.show("The session is open"),
	)
}

// useInternet opens the site in the private browser: its page leaves its marks, then gives the paper.
func (v *visit) useInternet() error {
	began := time.Now()
	err := do(
		v.choose("tile.sites"), v.on("sites.title"), v.show("The official sites of the configuration"),
		func() error { return v.pick(siteName) },
		v.pastTips("browser.title"), v.on("browser.title", v.texts.T("browser.open")),
		v.show("Firefox is open, in its sandbox"),
	)
	if err != nil {
		return err
	}
	select {
	case kept := <-v.site.stored:
		if kept != allKept {
			return fmt.Errorf("the browser kept only %q: a visit that leaves little proves little", kept)
		}
	case <-time.After(patience):
		return errors.New("the page did not run in the browser")
	}
	v.note("the page ran, %.1f s after the choice; cookie, local, session and indexed storage hold a mark", time.Since(began).Seconds())
	return do(
		v.choose("banner.session"), v.on("session.title"),
		v.choose("tile.documents"), v.pastTips("documents.title"), v.on("documents.title", v.mark),
		v.show("The download has arrived"), v.choose("choice.back"), v.on("session.title"),
	)
}

// useKey has the key checked, sees the virus refused, and copies the letter.
func (v *visit) useKey() error {
	t := v.texts.T
	return do(
		v.choose("tile.medium"), v.pastTips("medium.title"), v.on("medium.title", t("medium.counts", 2, 1, 0)),
		v.show("The key is checked: a letter, a photo, and a virus named like a text"),
		v.row(virusName), v.on("why.title", virusName, t("verdict.suspect"), t("verdict.suspect_what")),
		v.show("The virus stays where it is"), v.choose("choice.back"), v.on("medium.title"),
		v.row(letterName), v.on("medium.title", letterName, t("verdict.clean"), v.texts.N("medium.selected", 1)),
		v.choose("medium.copy_in"), v.on("medium.title", v.texts.N("medium.copied", 1)),
		v.show("The letter is copied"), v.choose("choice.back"), v.on("session.title"),
	)
}

// saveDocument copies what was downloaded to the key, and gives the key back.
func (v *visit) saveDocument() error {
	return do(
		v.choose("tile.documents"), v.on("documents.title", v.texts.N("documents.unsaved", 1)),
		v.show("Two documents, one of them on no key yet"),
		v.row(v.paperName()), v.choose("documents.copy"),
		v.on("documents.title", v.texts.N("documents.copied", 1)), v.show("The download is on the key too"),
		v.choose("choice.back"), v.choose("choice.back"), v.on("session.title"),
		v.choose("tile.medium"), v.on("medium.title"), v.choose("medium.eject"),
		v.on("medium.title", v.texts.T("medium.state.ejected")), v.show("The key may be pulled out"),
		v.choose("choice.back"), v.on("session.title"),
	)
}

func (v *visit) finish() error {
	return do(
		v.press("?"), v.on("help.title"), v.choose("help.close"), v.on("session.title"),
		v.choose("tile.finish"), v.pastTips("finish.title"), v.on("finish.title", v.texts.T("finish.all_saved")),
		v.show("Nothing would be lost; the browser is still open"), v.choose("finish.wipe"),
		v.on("wiped.title", v.texts.T("wiped.limits")), v.choose("wiped.phone"), v.on("phone.title"),
		v.show("The receipt for a phone: the code holds the text itself"), v.choose("choice.back"),
		v.on("wiped.title", v.texts.T("wiped.limits")), v.show("The receipt: what was erased, and what is out of our hands"),
	)
}
