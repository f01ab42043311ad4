package assets

import "path"

// Message is an invented e-mail of the exercise of tip 4: true or false, and why.
type Message struct {
	From    string   `toml:"from"`    // name and address, as a mailbox shows them
	Subject string   `toml:"subject"` // at most 40 characters
	Body    []string `toml:"body"`    // lines
	False   bool     `toml:"false"`   // it tries to trick
	Clues   []string `toml:"clues"`   // what tells so, one sentence each
}

// Field is a box of the form of the exercise of tip 10.
type Field struct {
	Label    string `toml:"label"`
	Required bool   `toml:"required"`
	Tick     bool   `toml:"tick"`    // a box to tick, ticked beforehand
	Example  string `toml:"example"` // an invented value that the visitor may put in
	Why      string `toml:"why"`     // why the box is needed, or is not
}

// Form is the invented form of tip 10.
type Form struct {
	Title  string  `toml:"title"`
	Site   string  `toml:"site"` // who asks
	Fields []Field `toml:"field"`
}

// SignOut is the invented site of tip 12: one has entered it, and looks for the way out.
type SignOut struct {
	Site     string `toml:"site"`
	Address  string `toml:"address"`
	Login    string `toml:"login"`
	Remember string `toml:"remember"` // the box of the first page, ticked beforehand
	Enter    string `toml:"enter"`    // its button
	Inside   string `toml:"inside"`   // what the page says to whoever is in

	Cross   Link   `toml:"cross"`   // closes the window, and signs nobody out
	Links   []Link `toml:"link"`    // around the page
	Account Link   `toml:"account"` // the name of the person, which opens a menu
	Menu    []Link `toml:"menu"`    // what is in it; one of them signs out
	Last    []Last `toml:"last"`    // what may be on the screen afterwards; one of them says that it is done
}

// Link is what can be clicked on the invented site, and what it does.
type Link struct {
	Label string `toml:"label"`
	Out   bool   `toml:"out"` // it signs out
	Why   string `toml:"why"` // what it did, in one or two sentences
}

// Last is a screen that may come after signing out.
type Last struct {
	Text string `toml:"text"`
	Also string `toml:"also"` // what else one sees on it
	Out  bool   `toml:"out"`  // it says that one is signed out
	Why  string `toml:"why"`
}

var (
	messages perLanguage[[]Message]
	forms    perLanguage[Form]
	signOuts perLanguage[SignOut]
)

// Messages lists the invented messages of the exercise of tip 4. The caller must not change it.
func Messages(lang string) []Message { return messages.get(lang, readMessages) }

// SignUpForm is the form of the exercise of tip 10. The caller must not change it.
func SignUpForm(lang string) Form { return forms.get(lang, readForm) }

// SignOutSite is the site of the exercise of tip 12. The caller must not change it.
func SignOutSite(lang string) SignOut { return signOuts.get(lang, readSignOut) }

func readMessages(lang string) []Message {
	var f struct {
		Messages []Message `toml:"message"`
	}
	readTOML(path.Join("exercises", lang, "messages.toml"), &f)
	for i := range f.Messages {
		m := &f.Messages[i]
		typesetAll(lang, &m.From, &m.Subject)
		typesetLines(lang, m.Body)
		typesetLines(lang, m.Clues)
	}
	return f.Messages
}

func readForm(lang string) Form {
	var f Form
	readTOML(path.Join("exercises", lang, "form.toml"), &f)
	typesetAll(lang, &f.Title, &f.Site)
	for i := range f.Fields {
		typesetAll(lang, &f.Fields[i].Label, &f.Fields[i].Example, &f.Fields[i].Why)
	}
	return f
}

func readSignOut(lang string) SignOut {
	var s SignOut
	readTOML(path.Join("exercises", lang, "signout.toml"), &s)
	typesetAll(lang, &s.Site, &s.Remember, &s.Enter, &s.Inside)
	for _, l := range []*Link{&s.Cross, &s.Account} {
		typesetAll(lang, &l.Label, &l.Why)
	}
	for _, links := range [][]Link{s.Links, s.Menu} {
		for i := range links {
			typesetAll(lang, &links[i].Label, &links[i].Why)
		}
	}
	for i := range s.Last {
		typesetAll(lang, &s.Last[i].Text, &s.Last[i].Also, &s.Last[i].Why)
	}
	return s
}
