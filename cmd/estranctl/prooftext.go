package main

import (
	"fmt"
	"io"
	"strings"

	"estran/cmd/estranctl/proof"
)

// writeProof writes a report, for a person or for a program.
func writeProof(s streams, r *proof.Report, asJSON bool) error {
	if asJSON {
		text, err := r.JSON()
		if err == nil {
			_, err = fmt.Fprintf(s.out, "%s\n", text)
		}
		return err
	}
	_, err := io.WriteString(s.out, proofText(r))
	return err
}

func proofText(r *proof.Report) string {
	var b strings.Builder
	fmt.Fprintf(&b, "%s\n\nCherché dans la mémoire avant la fin de la session, puis partout après\n", r.Verdict.Sentence())
	for _, k := range r.Kinds {
		after := 0
		for _, left := range k.After {
			after += left.Pieces
		}
		fmt.Fprintf(&b, "%s %-26s avant %4d, après %d\n", mark(k.Before > 0 && after == 0), k.Name, k.Before, after)
		for _, left := range k.After {
			fmt.Fprintf(&b, "    %d fois, %s (%s)\n", left.Pieces, left.Place, left.Form)
		}
	}
	fmt.Fprintf(&b, "%s %s\n", mark(r.Wiped), "le reçu de la station dit que tout a été vérifié")
	fmt.Fprintf(&b, "\nPas laissé, donc pas prouvé\n%s", missing(r.Unplanted))
	fmt.Fprintf(&b, "\nCherché après la fin\n")
	for _, p := range r.Searched {
		fmt.Fprintf(&b, "%s %s%s\n", mark(p.Seen), p.What, p.Amount())
	}
	fmt.Fprintf(&b, "  sous ces formes : %s\n", strings.Join(r.Encodings, ", "))
	fmt.Fprintf(&b, "\nPas cherché\n%s", missing(r.Unsearched))
	fmt.Fprintf(&b, "\nEstran %s, Linux %s, du %s à %s.\n", r.Version, r.Kernel,
		r.Began.Format("02/01/2006 15:04"), r.Ended.Format("15:04"))
	return b.String()
}

func mark(good bool) string {
	if good {
		return "✓"
	}
	return "✗"
}

func missing(all []proof.Missing) string {
	var b strings.Builder
	for _, m := range all {
		fmt.Fprintf(&b, "· %s : %s\n", m.What, m.Why)
	}
	return b.String()
}
