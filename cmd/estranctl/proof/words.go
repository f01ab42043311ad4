package proof

import "estran/cleanup/hunt"

// formWords are the forms whose names say nothing to who files a report.
var formWords = map[hunt.Form]string{
	hunt.Percent: "adresse (%C3%A9)",
	hunt.Bus:     "message D-Bus",
}

func inFrench(f hunt.Form) string {
	if word, there := formWords[f]; there {
		return word
	}
	return string(f)
}

// holderWords are what a page of memory is when no program has it (hunt.Frames).
var holderWords = map[string]string{
	"unknown": "inconnu", "free": "mémoire libre", "kernel object": "objet du noyau", "page table": "table du noyau",
	"memory of a program": "mémoire d'un programme", "page cache": "cache de fichiers", "kernel": "noyau",
}

func holderInFrench(holder string) string {
	if word, there := holderWords[holder]; there {
		return word
	}
	return holder
}
