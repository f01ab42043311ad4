package conditions

import (
	"context"
	"errors"
	"io/fs"
	"strings"

	"estran/session"
)

var configuration = condition{
	id: "configuration", title: "Réglages", fault: session.FaultConfig,
	why: "Une station dont les réglages ne sont pas compris ne doit ouvrir à personne.",
	probe: func(_ context.Context, e *exam) finding {
		_, err := e.config()
		if err == nil {
			if _, err := e.Lstat(session.ConfigPath); errors.Is(err, fs.ErrNotExist) {
				return fine("%s n'existe pas : les valeurs par défaut valent.", session.ConfigPath)
			}
			return fine("%s est lu et valide.", session.ConfigPath)
		}
		var one *session.ConfigError
		if !errors.As(err, &one) {
			return fail("Corriger "+session.ConfigPath+".", "Les réglages ne peuvent pas être lus : %v.", err)
		}
		return fail("Corriger "+session.ConfigPath+" à la ligne dite.",
			"%s", strings.ReplaceAll(err.Error(), "\n", " ; "))
	},
}
