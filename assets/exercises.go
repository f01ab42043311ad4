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

var (
	messages perLanguage[[]Message]
	forms    perLanguage[Form]
)

// Messages lists the invented messages of the exercise of tip 4. The caller must not change it.
func Messages(lang string) []Message { return messages.get(lang, readMessages) }

// SignUpForm is the form of the exercise of tip 10. The caller must not change it.
func SignUpForm(lang string) Form { return forms.get(lang, readForm) }

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
