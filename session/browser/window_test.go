package browser

import (
	"testing"
	"time"
)

func TestWindow(t *testing.T) {
	need(t, "firefox-esr", "bwrap")
	d := startSway(t)
	c := sessionConfig(t)
	c.Program = "firefox-esr"
	c.Display = Display{Wayland: d.wayland()}
	b, err := Start(t.Context(), c)
	if err != nil {
		t.Fatal(err)
	}
	t.Log(await(t, b, Shown, time.Minute).Took)
	time.Sleep(4 * time.Second)
	t.Log(d.titles(t))
	d.picture(t, "home")
	go b.Close()
	t.Log(exited(t, b, 10*time.Second))
}
