// Command traces makes a document of the table of traces: for each place where a visit could leave something, what Estran
// does and how that is checked. It is for the DPO of a town, who prints it; traces.toml is what it is made of.
//
//	go run ./packaging/traces >packaging/doc/traces.md
package main

import (
	"fmt"
	"os"
	"strings"
)

func main() {
	t, err := readTable(source)
	if err == nil {
		_, err = os.Stdout.WriteString(document(t))
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, "traces:", err)
		os.Exit(1)
	}
}

const introduction = `# Ce qu'une visite pourrait laisser

Pour la déléguée ou le délégué à la protection des données. Ce document est fait à partir d'une table qui vit avec le
programme (%[2]spackaging/traces/traces.toml%[2]s).

Un poste public garde, sans qu'on le voie, des traces de qui s'y assoit. Voici %[1]d endroits où une trace pourrait rester
sur un PC sous Debian, et pour chacun : ce qu'il trahirait, ce que fait Estran, et comment c'est vérifié.

Trois réponses sont possibles :

- **Empêché** : rien n'y arrive, par construction. C'est la réponse préférée : ce qui n'est pas écrit n'est pas à effacer.
- **Effacé** : une étape de la fin de session l'efface, puis le cherche encore par un autre chemin. Si elle trouve quelque
  chose, ou ne peut pas regarder, le poste s'arrête (E30).
- **Hors de portée** : Estran n'y peut rien. C'est dit ici, et à qui cela importe.

La vérification se fait de trois façons. Une **condition** est regardée sur chaque poste (%[2]sestranctl check%[2]s ; le
[guide](guide-dsi.md) les explique). Une **étape** se vérifie à chaque fin de session, et le reçu le dit. Un **essai** est fait
pour chaque version du programme ; ceux de %[2]spackaging/vm%[2]s tournent dans un PC entier, avec clavier, souris et clés, où
l'on cherche ensuite dans toute la mémoire et tout le disque. Un essai tient cette table : si un réglage qu'elle nomme
disparaît, la version ne sort pas.
`

// document is the table as a page to print.
func document(t table) string {
	var b strings.Builder
	fmt.Fprintf(&b, introduction, len(t.Places), "`")
	for _, a := range areas {
		fmt.Fprintf(&b, "\n## %s\n\n| n° | endroit, et ce qu'il trahirait | ce que fait Estran | comment c'est vérifié |\n|---|---|---|---|\n", a.title)
		for _, p := range t.Places {
			if p.Area == a.id {
				fmt.Fprintf(&b, "| %d | **%s.** %s | %s | %s |\n", p.Number, p.Place, p.Betrays, answer(p), proof(p))
			}
		}
	}
	b.WriteString("\n## Ce qui est hors de notre portée\n\n| n° | quoi | qui le sait |\n|---|---|---|\n")
	for _, p := range t.Places {
		if p.Outside != "" {
			fmt.Fprintf(&b, "| %d | %s | %s |\n", p.Number, p.Outside, p.Told)
		}
	}
	b.WriteString("\nDebian 12 protège moins : le [guide](guide-dsi.md#sur-debian-12) dit quoi. Le reste de ce qu'Estran ne protège pas\n" +
		"est dans le guide, à la fin.\n")
	return b.String()
}

// answer is what is done about a place.
func answer(p place) string {
	var parts []string
	for _, kind := range []struct{ word, text string }{
		{"Empêché", p.Prevented}, {"Effacé", p.Wiped}, {"Hors de portée", p.Outside},
	} {
		if kind.text != "" {
			parts = append(parts, "**"+kind.word+"** : "+kind.text)
		}
	}
	return strings.Join(parts, "<br>")
}

// proof is how it is known.
func proof(p place) string {
	parts := []string{p.Check}
	for _, kind := range []struct {
		one, many string
		names     []string
	}{
		{"Étape", "Étapes", p.Steps}, {"Condition", "Conditions", p.Conditions}, {"Essai", "Essais", p.Tests},
	} {
		word := kind.one
		if len(kind.names) > 1 {
			word = kind.many
		}
		if len(kind.names) > 0 {
			parts = append(parts, word+" : `"+strings.Join(kind.names, "`, `")+"`.")
		}
	}
	return strings.Join(parts, "<br>")
}
