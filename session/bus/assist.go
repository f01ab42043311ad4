package bus

import (
	"context"
	"errors"
	"fmt"
	"os"
	"strings"
	"unicode/utf8"

	"github.com/godbus/dbus/v5"

	"estran/session"
)

// The options and answers of what an agent does.
var (
	// The sites are a list, and so an argument, as the themes are.
	actFields = []field[session.ActOptions]{
		flag("mandate", func(o *session.ActOptions) *bool { return &o.Mandate }),
	}
	paperFields = []field[paperOptions]{
		newField("paper", func(o *paperOptions) *sheet { return &o.paper },
			func(sheet) dbus.UnixFDIndex { return 0 },
			func(dbus.UnixFDIndex) (sheet, error) { return true, nil }),
	}
	countFields = []field[session.CountOptions]{
		code("kind", func(o *session.CountOptions) *string { return &o.Kind }),
		code("age", func(o *session.CountOptions) *string { return &o.Age }),
		code("status", func(o *session.CountOptions) *string { return &o.Status }),
	}
	activityFields = []field[session.Activity]{
		count("Total", func(a *session.Activity) *int { return &a.Total }),
		flag("Few", func(a *session.Activity) *bool { return &a.Few }),
		cells("Cells", func(a *session.Activity) *[]session.ActivityCell { return &a.Cells }),
	}
)

// paperOptions says that the sheet came beside the message.
type paperOptions struct{ paper sheet }

// sheet says that a descriptor was named.
type sheet bool

// The methods of session.Assist.
var assistMethods = []method{
	act("SignIn", "ss", noFields, func(ctx context.Context, st session.Station, c *call, _ struct{}) error {
		return st.SignIn(ctx, session.Private(c.args[0].(string)), session.Private(c.args[1].(string)))
	}),
	plain("SignOut", session.Station.SignOut),
	act("SetMode", "sas", actFields, func(ctx context.Context, st session.Station, c *call, o session.ActOptions) error {
		mode, err := modes.value(c.args[0].(string))
		if err != nil {
			return invalid("the mode %s", err)
		}
		sites, err := atMost(c.args[1].([]string), session.MaxActSites)
		if err != nil {
			return err
		}
		for _, site := range sites {
			o.Sites = append(o.Sites, session.Private(site))
		}
		return st.SetMode(ctx, mode, o)
	}),
	act("PrintPaper", "s", paperFields, paper(session.Station.PrintPaper)),
	act("SavePaper", "s", paperFields, paper(session.Station.SavePaper)),
	act("Count", "as", countFields, func(ctx context.Context, st session.Station, c *call, o session.CountOptions) error {
		themes, err := atMost(c.args[0].([]string), len(session.ActivityThemes()))
		if err != nil {
			return err
		}
		o.Themes = themes
		return st.Count(ctx, o)
	}),
	tell("Activity", "a{sv}", func(ctx context.Context, st session.Station) (map[string]dbus.Variant, error) {
		a, err := st.Activity(ctx)
		return encode(activityFields, &a), err
	}),
}

// paper hands a sheet over for as long as the call lasts: the station looks whether it is one.
func paper(
	do func(session.Station, context.Context, session.PaperKind, *os.File) error,
) func(context.Context, session.Station, *call, paperOptions) error {
	return func(ctx context.Context, st session.Station, c *call, o paperOptions) error {
		if !bool(o.paper) || c.file == nil {
			return invalid("paper does not name the descriptor that came")
		}
		kind := c.args[0].(string)
		if err := checkWord(kind); err != nil {
			return invalid("the kind %s", err)
		}
		return do(st, ctx, session.PaperKind(kind), c.file)
	}
}

func atMost(list []string, most int) ([]string, error) {
	if len(list) > most {
		return nil, tooMuch("the list is too long")
	}
	return list, nil
}

// longestCode bounds the code of a count.
const longestCode = 64

// code is the code of a count: s. It is letters, figures and _ - : .
func code[T any, V ~string](key string, at func(*T) *V) field[T] {
	return newField(key, at,
		func(v V) string { return string(v) },
		func(w string) (V, error) { return V(w), checkCode(w) })
}

func checkCode(w string) error {
	if len(w) > longestCode {
		return errors.New("is too long for a code")
	}
	other := func(r rune) bool {
		return (r < 'a' || r > 'z') && (r < 'A' || r > 'Z') && (r < '0' || r > '9') && !strings.ContainsRune("_-:.", r)
	}
	if strings.ContainsFunc(w, other) {
		return errors.New("is no code")
	}
	return nil
}

// cell is an ActivityCell: (su).
type cell struct {
	Code  string
	Count uint32
}

// cells is a list of counts: a(su).
func cells[T any](key string, at func(*T) *[]session.ActivityCell) field[T] {
	f := newField(key, at, toCells, fromCells)
	set := f.set
	f.set = func(t *T, value any) error {
		var list []cell
		if err := store([]any{value}, &list); err != nil {
			return err
		}
		return set(t, list)
	}
	return f
}

// mostCells is how many counts an answer holds: each code of each list, and more.
const mostCells = 256

func toCells(list []session.ActivityCell) []cell {
	list = list[:min(len(list), mostCells)]
	out := make([]cell, len(list))
	for i, c := range list {
		out[i] = cell{c.Code, uint32(max(c.Count, 0))}
	}
	return out
}

func fromCells(list []cell) ([]session.ActivityCell, error) {
	if len(list) > mostCells {
		return nil, errors.New("has too many counts")
	}
	var out []session.ActivityCell
	for _, c := range list {
		if err := checkCode(c.Code); err != nil {
			return nil, fmt.Errorf("a count: %w", err)
		}
		out = append(out, session.ActivityCell{Code: c.Code, Count: int(c.Count)})
	}
	return out, nil
}

// SignIn lets an agent in.
func (c *Client) SignIn(ctx context.Context, login, code session.Private) error {
	return c.ask(ctx, "SignIn", carried(login), carried(code), none())
}

// carried is what somebody typed, as the bus can carry it; what it cannot is written as nobody's, which is refused.
func carried(typed session.Private) string {
	text := typed.Reveal()
	if !utf8.ValidString(text) || strings.Contains(text, "\x00") || len(text) > largestMessage/4 {
		return ""
	}
	return text
}

// SignOut ends it.
func (c *Client) SignOut(ctx context.Context) error { return c.ask(ctx, "SignOut", none()) }

// SetMode changes the mode of the open session.
func (c *Client) SetMode(ctx context.Context, mode session.Mode, o session.ActOptions) error {
	if mode < 0 || int(mode) >= len(modes) || len(o.Sites) > session.MaxActSites {
		return session.ErrForm
	}
	sites := make([]string, len(o.Sites))
	for i, site := range o.Sites {
		sites[i] = carried(site)
	}
	return c.ask(ctx, "SetMode", modes.name(mode), sites, encode(actFields, &o))
}

// PrintPaper prints a sheet, which goes to the service as a descriptor.
func (c *Client) PrintPaper(ctx context.Context, kind session.PaperKind, pdf *os.File) error {
	return c.askPaper(ctx, "PrintPaper", kind, pdf)
}

// SavePaper writes a sheet to the key; it goes to the service as a descriptor.
func (c *Client) SavePaper(ctx context.Context, kind session.PaperKind, pdf *os.File) error {
	return c.askPaper(ctx, "SavePaper", kind, pdf)
}

func (c *Client) askPaper(ctx context.Context, method string, kind session.PaperKind, pdf *os.File) error {
	if pdf == nil || checkWord(string(kind)) != nil {
		return session.ErrForm
	}
	return c.ask(ctx, method, string(kind), map[string]dbus.Variant{"paper": dbus.MakeVariant(dbus.UnixFD(pdf.Fd()))})
}

// Count adds one intervention to the counts of the day.
func (c *Client) Count(ctx context.Context, o session.CountOptions) error {
	for _, code := range append([]string{o.Kind, o.Age, o.Status}, o.Themes...) {
		if checkCode(code) != nil {
			return session.ErrForm
		}
	}
	if len(o.Themes) > len(session.ActivityThemes()) {
		return session.ErrForm
	}
	return c.ask(ctx, "Count", append([]string{}, o.Themes...), encode(countFields, &o))
}

// Activity tells the counts of today.
func (c *Client) Activity(ctx context.Context) (session.Activity, error) {
	var m map[string]dbus.Variant
	if err := c.call(ctx, stationInterface+".Activity", []any{&m}, none()); err != nil {
		return session.Activity{}, err
	}
	return decode(activityFields, m)
}
