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

// sit starts the kiosk. Stand up at the end.
func sit(ctx context.Context, out io.Writer, model tea.Model) *person {
	p := &person{ctx: ctx, out: out, ended: make(chan struct{}), changed: make(chan struct{}), began: time.Now()}
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
	timeout := time.After(patience)
	for {
		screen, _, changed := p.look()
		if has(screen, title, words) {
			return nil
		}
		if stopped := assets.In(assets.French).T("stopped.title"); has(screen, stopped, nil) {
			p.print("The station has stopped")
			return fmt.Errorf("the station stopped before the screen %q", title)
		}
		select {
		case <-changed:
		case <-p.ended:
			return fmt.Errorf("the kiosk ended before %q", title)
		case <-timeout:
			p.print("what was there instead")
			return fmt.Errorf("the screen %q with %q did not come", title, words)
		case <-p.ctx.Done():
			return fmt.Errorf("stopped before the screen %q", title)
		}
	}
}

func has(screen, title string, words []string) bool {
	if !strings.Contains(titleOf(screen), title) {
		return false
	}
	for _, w := range words {
		if !strings.Contains(spaced(screen), w) {
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

// badge finds the key beside a choice: « 3 Ma clé USB », « Entrée Continuer ».
func badge(screen, label string) (tea.KeyPressMsg, bool) {
	find := regexp.MustCompile(`(?:^|[\s│▌▸])(\d|[A-Z?]|Entrée|Échap|Espace) +(?:[✓!✗] )?` + regexp.QuoteMeta(label) + `(?:\s|$)`)
	for line := range strings.Lines(spaced(screen)) {
		if m := find.FindStringSubmatch(line); m != nil {
			if k, named := keys[m[1]]; named {
				return k, true
			}
			text := strings.ToLower(m[1])
			return tea.KeyPressMsg{Code: rune(text[0]), Text: text}, true
		}
	}
	return tea.KeyPressMsg{}, false
}

// pick presses the key that the screen shows beside a choice, having read for a moment: a screen that has just come
// does not listen yet.
func (p *person) pick(label string) error {
	timeout := time.After(patience)
	for {
		screen, since, changed := p.look()
		k, found := badge(screen, label)
		if found {
			time.Sleep(time.Until(since.Add(kiosk.Grace + 100*time.Millisecond)))
			p.program.Send(k)
			return nil
		}
		select {
		case <-changed:
		case <-timeout:
			p.print("what was there instead")
			return fmt.Errorf("no screen offers %q", label)
		case <-p.ctx.Done():
			return fmt.Errorf("stopped before choosing %q", label)
		}
	}
}

// print shows the screen as text, in a frame, with a caption.
func (p *person) print(caption string) {
	screen, _, _ := p.look()
	p.shots++
	line := strings.Repeat("─", wide)
	fmt.Fprintf(p.out, "\n%2d. %s (%.1f s)\n┌%s┐\n", p.shots, caption, time.Since(p.began).Seconds(), line)
	for _, row := range strings.Split(strings.TrimRight(screen, "\n"), "\n") {
		fmt.Fprintf(p.out, "│%s%s│\n", row, strings.Repeat(" ", max(0, wide-ansi.StringWidth(row))))
	}
	fmt.Fprintf(p.out, "└%s┘\n", line)
}

// note prints a line about what no screen shows.
func (p *person) note(format string, args ...any) {
	fmt.Fprintf(p.out, "\n    "+format+"\n", args...)
}
