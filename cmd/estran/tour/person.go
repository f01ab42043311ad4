package tour

import (
	"context"
	"fmt"
	"io"
	"regexp"
	"strings"
	"sync"
	"time"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"

	"estran/assets"
	"estran/kiosk"
)

const wide, high = 80, 24

// patience is how long a screen may take to come.
const patience = 90 * time.Second

// person sits at the kiosk: looks at the screen, and presses the key that the screen shows beside a choice.
type person struct {
	ctx     context.Context
	out     io.Writer
	program *tea.Program
	ended   chan struct{}
	shots   int
	began   time.Time
	hide    *strings.Replacer // what is not printed

	mu      sync.Mutex // guards what follows
	screen  string
	since   time.Time // when the title last changed
	changed chan struct{}
}

// eyes is the kiosk, seen.
type eyes struct {
	tea.Model
	see func(screen string)
}

func (e *eyes) Update(msg tea.Msg) (tea.Model, tea.Cmd) {
	model, cmd := e.Model.Update(msg)
	e.Model = model
	e.see(ansi.Strip(model.View().Content))
	return e, cmd
}

// sit starts the kiosk. Stand up at the end. The mark is not printed, so that the hunt for it does not find what was
// printed.
func sit(ctx context.Context, out io.Writer, model tea.Model, mark string) *person {
	p := &person{
		ctx: ctx, out: out, ended: make(chan struct{}), changed: make(chan struct{}), began: time.Now(),
		hide: strings.NewReplacer(mark, strings.Repeat("·", len(mark))),
	}
	p.program = tea.NewProgram(&eyes{model, p.see}, tea.WithContext(ctx), tea.WithInput(nil), tea.WithOutput(io.Discard),
		tea.WithWindowSize(wide, high), tea.WithoutSignalHandler())
	go func() {
		defer close(p.ended)
		_, _ = p.program.Run()
	}()
	return p
}

func (p *person) standUp() {
	p.program.Kill()
	<-p.ended
}

func (p *person) see(screen string) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if screen == p.screen {
		return
	}
	if titleOf(screen) != titleOf(p.screen) {
		p.since = time.Now()
	}
	p.screen = screen
	close(p.changed)
	p.changed = make(chan struct{})
}

func (p *person) look() (screen string, since time.Time, changed <-chan struct{}) {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.screen, p.since, p.changed
}

// titleOf is the first line that is not empty.
func titleOf(screen string) string {
	for line := range strings.Lines(screen) {
		if line = strings.TrimSpace(line); line != "" {
			return line
		}
	}
	return ""
}

// await waits until the screen has a title, and says all of the words.
func (p *person) await(title string, words ...string) error {
	return p.until(fmt.Sprintf("the screen %q with %q", title, words), func(screen string) bool {
		return has(screen, title, words)
	})
}

// until waits for a screen. One that says that the station has stopped ends the visit.
func (p *person) until(what string, seen func(screen string) bool) error {
	timeout := time.After(patience)
	for {
		screen, _, changed := p.look()
		switch {
		case seen(screen):
			return nil
		case has(screen, assets.In(assets.French).T("stopped.title"), nil):
			p.print("The station has stopped")
			return fmt.Errorf("the station stopped before %s", what)
		}
		select {
		case <-changed:
		case <-p.ended:
			return fmt.Errorf("the kiosk ended before %s", what)
		case <-timeout:
			p.print("What was there instead")
			return fmt.Errorf("%s did not come", what)
		case <-p.ctx.Done():
			return fmt.Errorf("told to stop before %s", what)
		}
	}
}

func has(screen, title string, words []string) bool {
	if !strings.Contains(spaced(titleOf(screen)), spaced(title)) {
		return false
	}
	for _, w := range words {
		if !strings.Contains(spaced(screen), spaced(w)) {
			return false
		}
	}
	return true
}

// spaced puts plain spaces where French has no-break ones.
func spaced(text string) string {
	return strings.NewReplacer("\u00a0", " ", "\u202f", " ", "’", "'").Replace(text)
}

// keys are the names that a screen gives to keys.
var keys = map[string]tea.KeyPressMsg{
	"Entrée": {Code: tea.KeyEnter},
	"Échap":  {Code: tea.KeyEscape},
	"Espace": {Code: tea.KeySpace, Text: " "},
}

// badge finds the key beside a choice: « 3 Ma clé USB », « Échap Retour », « 1 ☐ photo.jpg ».
func badge(screen, label string) (tea.KeyPressMsg, bool) {
	find := regexp.MustCompile(`(?:^|[\s│▌▸])(\d|[A-Z?]|Entrée|Échap|Espace) +(?:[✓!✗☐☑▸] )?` + regexp.QuoteMeta(spaced(label)) + `(?: {2}|\s*$|\s*[│▌╎])`)
	for line := range strings.Lines(spaced(screen)) {
		if m := find.FindStringSubmatch(line); m != nil {
			return keyNamed(m[1]), true
		}
	}
	return tea.KeyPressMsg{}, false
}

func keyNamed(name string) tea.KeyPressMsg {
	if k, known := keys[name]; known {
		return k
	}
	text := strings.ToLower(name)
	return tea.KeyPressMsg{Code: rune(text[0]), Text: text}
}

// pick presses the key that the screen shows beside a choice, under one of its labels.
func (p *person) pick(labels ...string) error {
	var k tea.KeyPressMsg
	err := p.until(fmt.Sprintf("the choice %q", labels), func(screen string) bool {
		for _, label := range labels {
			var found bool
			if k, found = badge(screen, label); found {
				return true
			}
		}
		return false
	})
	if err == nil {
		p.send(k)
	}
	return err
}

// pickInList picks a row of a list, and turns the wheel until it can be seen.
func (p *person) pickInList(name string) error {
	for _, turn := range []tea.MouseButton{tea.MouseWheelUp, tea.MouseWheelDown} {
		for range mostTurns {
			if screen, _, _ := p.look(); offers(screen, name) {
				return p.pick(name)
			}
			p.program.Send(tea.MouseWheelMsg{X: wide / 2, Y: high / 3, Button: turn})
			time.Sleep(50 * time.Millisecond)
		}
	}
	p.print("The list in which something was not found")
	return fmt.Errorf("no list shows %q", name)
}

// mostTurns of the wheel go through the list of any key of a tour.
const mostTurns = 10

func offers(screen, label string) bool {
	_, found := badge(screen, label)
	return found
}

// send presses a key after reading for a moment: a screen that has just come does not listen yet.
func (p *person) send(k tea.KeyPressMsg) {
	_, since, _ := p.look()
	time.Sleep(time.Until(since.Add(kiosk.Grace + 100*time.Millisecond)))
	p.program.Send(k)
}

// print shows the screen as text, in a frame, with a caption.
func (p *person) print(caption string) {
	screen, _, _ := p.look()
	p.shots++
	line := strings.Repeat("─", wide)
	fmt.Fprintf(p.out, "\n%2d. %s (%.1f s)\n┌%s┐\n", p.shots, caption, time.Since(p.began).Seconds(), line)
	for _, row := range strings.Split(strings.TrimRight(p.hide.Replace(screen), "\n"), "\n") {
		fmt.Fprintf(p.out, "│%s%s│\n", row, strings.Repeat(" ", max(0, wide-ansi.StringWidth(row))))
	}
	fmt.Fprintf(p.out, "└%s┘\n", line)
}

// note prints a line about what no screen shows.
func (p *person) note(format string, args ...any) {
	fmt.Fprintf(p.out, "\n    "+format+"\n", args...)
}
