package agents_test

import (
	"path/filepath"
	"strings"
	"testing"
	"time"

	"estran/session"
	"estran/session/daybook"
)

// A real daybook takes every line that wrong codes make, also the last one of a login that does not exist.
func TestADaybookTakesEveryWrongCode(t *testing.T) {
	for _, login := range []string{"marie", "nobody"} {
		w := newWorld(t)
		book := daybook.Book{Path: filepath.Join(w.o.StateDir, "daybook")}
		var unwritten []string
		lines := 0
		w.o.Note = func(e daybook.Entry) error {
			err := book.Write(e)
			if err != nil {
				unwritten = append(unwritten, err.Error())
			}
			lines++
			return err
		}
		w.restart()
		w.add(t, "marie")
		for n := range 10 {
			want := session.ErrAgentWrong
			if n == 9 {
				want = session.ErrAgentBlocked
			}
			w.in(t, login, wrong, want)
			w.pass(time.Hour)
		}
		if lines != 10 || len(unwritten) > 0 {
			t.Errorf("%s: %d lines, and the daybook refuses %s", login, lines, strings.Join(unwritten, "; "))
		}
	}
}
