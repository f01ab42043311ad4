package proof

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"

	"estran/session"
)

func (p *planter) open(ctx context.Context) error {
	if err := p.station.Open(ctx, session.OpenOptions{Language: "fr"}); err != nil {
		return err
	}
	p.opened = true
	return p.out.Encode(message{Opened: true})
}

// screenDrawn is how long a screen of the kiosk may take to take a key.
const screenDrawn = 2 * time.Second

// browse chooses internet on the screen of the kiosk, as a visitor does: it is the first choice, and so is to open it. The
// screen may still be on its way, after a visitor or a boot: a key that nobody took is pressed again.
func (p *planter) browse(ctx context.Context) error {
	pressed := time.Now()
	return p.await(ctx, patience, func() (bool, error) {
		s, err := p.status(ctx)
		switch {
		case err != nil:
			return false, err
		case s.Browser.Problem != session.BrowserFine:
			return false, fmt.Errorf("it met %q", s.Browser.Problem)
		case s.Browser.State == session.BrowserClosed && time.Since(pressed) > screenDrawn:
			pressed = time.Now()
			return false, p.keyboard.press(keyOne)
		default:
			return s.Browser.State == session.BrowserOpen, nil
		}
	})
}

// firstReach is how long a page may take to be asked for. Each layout is given twice that time when none was right: the
// browser may have been slow, and typing again gives up what it was about to ask for.
const firstReach = 15 * time.Second

// reach types the address of the page. Which layout the keyboard has shows when somebody comes.
func (p *planter) reach(ctx context.Context) error {
	for try := range 10 {
		if err := errors.Join(p.keyboard.press(keyEscape), p.keyboard.press(keyControl, keyL)); err != nil {
			return err
		}
		time.Sleep(time.Second) // the field has to be there
		err := errors.Join(p.keyboard.typeAddress(pageHost, layouts[try%len(layouts)]), p.keyboard.press(keyEnter))
		if err != nil {
			return err
		}
		err = p.await(ctx, firstReach<<(try/len(layouts)), func() (bool, error) { return p.site.has("asked"), nil })
		if !errors.Is(err, errWaited) {
			return err
		}
	}
	return errWaited
}

// keep tells what the browser keeps of the page.
func (p *planter) keep(ctx context.Context) error {
	if err := p.await(ctx, patience, func() (bool, error) { return p.site.has("planted"), nil }); err != nil {
		return err
	}
	if err := p.planted(PageTitle, PageText, PageAddress); err != nil {
		return err
	}
	for _, k := range []struct{ kind, name string }{
		{Cookie, "cookie"}, {LocalStorage, "local"}, {SessionStorage, "session"}, {IndexedDB, "indexed"}, {Cache, "cache"},
	} {
		tell := func() error { return p.missing(k.kind, "le navigateur ne le garde pas, même pendant la session") }
		if p.site.keeps(k.name) {
			tell = func() error { return p.planted(k.kind) }
		}
		if err := tell(); err != nil {
			return err
		}
	}
	return nil
}

// typed types into the field of the page, which has the focus.
func (p *planter) typed(ctx context.Context) error {
	text := p.canaries[Typed]
	time.Sleep(time.Second)
	if err := p.keyboard.typeText(text); err != nil {
		return err
	}
	if err := p.await(ctx, patience, func() (bool, error) { return p.site.reads() == text, nil }); err != nil {
		return err
	}
	return p.planted(Typed)
}

// copied copies, as a person does, with the keyboard; the page then gives a document to download.
func (p *planter) copied(ctx context.Context) error {
	if err := p.download(ctx, 1); err != nil {
		return err
	}
	if err := p.await(ctx, patience, func() (bool, error) { return p.site.has("copied"), nil }); err != nil {
		return err
	}
	return p.planted(Copied, DownloadName, DownloadText)
}

// download copies once more, and waits for the document that the page then gives.
func (p *planter) download(ctx context.Context, count int) error {
	if err := p.keyboard.press(keyControl, keyC); err != nil {
		return err
	}
	return p.until(ctx, func(s session.Status) bool { return s.Documents.Count == count && s.Documents.Arriving == 0 })
}

// print gives the document to the printer, which was told to wait: no paper comes out.
func (p *planter) print(ctx context.Context) error {
	s, err := p.status(ctx)
	if err != nil {
		return err
	}
	if !s.Printer || !p.prints {
		return p.missing(Printed, "ce poste n'a pas d'imprimante")
	}
	if err := p.download(ctx, 2); err != nil {
		return err
	}
	documents, err := p.station.Documents(ctx)
	if err != nil {
		return err
	}
	for _, d := range documents {
		if strings.HasPrefix(d.Name.Reveal(), printedName) {
			if err := p.station.Print(ctx, d.ID); err != nil {
				return err
			}
			return p.planted(Printed)
		}
	}
	return errors.New("the document is gone")
}

// pauses is how often the code is told. It passes in messages that are gone at once, since the bus writes over what it gives
// back: of one, nothing may be left to find a moment later.
const pauses = 50

// paused hides the session behind a code, and comes back.
func (p *planter) paused(ctx context.Context) error {
	code := session.Private(p.canaries[Pause])
	for range pauses {
		if err := p.station.Pause(ctx, code); err != nil {
			return err
		}
		if err := p.station.Resume(ctx, code); err != nil {
			return err
		}
	}
	return p.planted(Pause)
}
