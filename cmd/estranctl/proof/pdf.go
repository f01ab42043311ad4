package proof

import (
	"fmt"
	"io"
	"strings"

	"codeberg.org/go-pdf/fpdf"
)

// The page is A4; lengths are in millimetres.
const (
	pdfMargin = 18.0
	pdfWidth  = 210 - 2*pdfMargin
	pdfLine   = 5.0
)

// verdicts say what a proof came to.
var verdicts = map[Verdict]string{
	Clean:   "Prouvé : de cette visite, il ne reste rien là où l'on a cherché.",
	Residue: "Il reste quelque chose. Fermez ce poste (sudo estranctl maintenance begin), et ouvrez un ticket avec ce rapport.",
	Blind:   "Rien n'est prouvé : ce qui était là n'a pas été retrouvé avant la fin, ou pas partout.",
}

// Sentence says the verdict in French.
func (v Verdict) Sentence() string { return verdicts[v] }

// pdf is a report that is being written.
type pdf struct {
	*fpdf.Fpdf
	latin func(string) string // to the characters of the fonts that every reader has
}

// PDF writes the report for whoever files it.
func (r *Report) PDF(w io.Writer) error {
	p := &pdf{Fpdf: fpdf.New("P", "mm", "A4", "")}
	p.latin = p.UnicodeTranslatorFromDescriptor("cp1252")
	p.SetTitle("Estran : preuve d'effacement", true)
	p.SetLang("fr")
	p.SetMargins(pdfMargin, pdfMargin, pdfMargin)
	p.SetAutoPageBreak(true, pdfMargin)
	p.AddPage()
	p.text("B", 18, "Preuve d'effacement")
	p.text("", 10, fmt.Sprintf("Estran %s, Linux %s. Faite le %s, de %s à %s.", r.Version, r.Kernel,
		r.Began.Format("02/01/2006"), r.Began.Format("15:04"), r.Ended.Format("15:04")))
	p.Ln(3)
	p.text("B", 12, r.Verdict.Sentence())
	if !r.Wiped {
		p.text("B", 10, "Le reçu de la station ne dit pas que tout a été vérifié.")
	}
	p.part("Comment", "Une visite a été faite sur ce poste, par ses propres programmes. Elle a laissé des mots tirés au hasard, "+
		"que rien d'autre ne peut contenir. Tous devaient être retrouvés dans la mémoire pendant la session, et aucun après sa fin. "+
		"Chaque mot a été cherché sous ces formes : "+strings.Join(r.Encodings, ", ")+".")
	p.kinds(r.Kinds)
	p.places(r.Searched)
	p.list("Pas laissé, donc pas prouvé ici", r.Unplanted)
	p.list("Pas cherché, et pourquoi", r.Unsearched)
	p.part("", "Ce rapport ne contient rien d'une personne : la visite était celle de la preuve, et ses mots n'y sont pas.")
	if err := p.Output(w); err != nil {
		return fmt.Errorf("cannot make the report: %w", err)
	}
	return nil
}

func (p *pdf) text(style string, size float64, text string) {
	p.SetFont("Helvetica", style, size)
	p.MultiCell(pdfWidth, size/2+0.5, p.latin(text), "", "L", false)
}

func (p *pdf) part(title, text string) {
	p.Ln(4)
	if title != "" {
		p.text("B", 12, title)
		p.Ln(1)
	}
	if text != "" {
		p.text("", 10, text)
	}
}

// kinds is a table: a row for each canary, and below it where some is left.
func (p *pdf) kinds(kinds []Kind) {
	p.part("Ce qui a été laissé", "")
	p.row("B", "Ce que c'est", "Morceaux pendant", "Morceaux après")
	for _, k := range kinds {
		after := 0
		for _, left := range k.After {
			after += left.Pieces
		}
		p.row("", k.Name, fmt.Sprint(k.Before), fmt.Sprint(after))
		for _, left := range k.After {
			p.text("I", 9, fmt.Sprintf("      reste %d fois, %s (%s)", left.Pieces, left.Place, left.Form))
		}
	}
}

func (p *pdf) row(style string, cells ...string) {
	widths := []float64{pdfWidth - 80, 40, 40}
	p.SetFont("Helvetica", style, 10)
	for i, cell := range cells {
		align := "R"
		if i == 0 {
			align = "L"
		}
		p.CellFormat(widths[i], pdfLine, p.latin(cell), "B", 0, align, false, 0, "")
	}
	p.Ln(-1)
}

func (p *pdf) places(places []Place) {
	p.part("Où l'on a cherché après la fin", "")
	for _, place := range places {
		seen := "cette recherche retrouve ce qui y est"
		if !place.Seen {
			seen = "cette recherche n'a PAS retrouvé ce qui y était : elle ne prouve rien"
		}
		p.text("", 10, "·  "+place.What+place.Amount()+" ; "+seen+".")
	}
}

func (p *pdf) list(title string, all []Missing) {
	p.part(title, "")
	for _, m := range all {
		p.text("", 10, "·  "+m.What+" : "+m.Why+".")
	}
}

// Amount says how much of a place was looked through, after a colon; "" when that says nothing.
func (p Place) Amount() string {
	switch {
	case p.Bytes > 0:
		return fmt.Sprintf(" : %.1f Go", float64(p.Bytes)/1e9)
	case p.Files > 0:
		return fmt.Sprintf(" : %d fichiers", p.Files)
	default:
		return ""
	}
}
