package browser

import (
	"fmt"
	"strings"
)

// The one user of the sandbox.
const (
	visitorName = "visiteur"
	visitorID   = "1000"
)

// file is a generated file of the sandbox. It reaches the sandbox through a descriptor and lies in its memory only.
type file struct {
	path    string
	content []byte
}

// files are the generated files of a sandbox, in the order of their descriptors.
func files(c Config) ([]file, error) {
	c = c.limited()
	all := []file{
		{"/etc/passwd", []byte(fmt.Sprintf("%s:x:%s:%s:Visiteur:%s:/nonexistent\n",
			visitorName, visitorID, visitorID, sandboxHome))},
		{"/etc/group", []byte(fmt.Sprintf("%s:x:%s:\n", visitorName, visitorID))},
		{"/etc/nsswitch.conf", []byte("passwd: files\ngroup: files\nhosts: files dns\n")},
		{sandboxConfig + "/user-dirs.dirs", []byte(userDirs())},
	}
	page, err := homePage(c)
	if err != nil {
		return nil, err
	}
	all = append(all, file{homePageFile, page})
	switch {
	case c.text():
		return append(all, w3mFiles(c, page)...), nil
	case !c.firefox():
		return all, nil
	}
	policies, err := Policies(c)
	if err != nil {
		return nil, err
	}
	script, err := autoConfig(c)
	if err != nil {
		return nil, err
	}
	all = append(all,
		file{"/etc/firefox/policies/policies.json", policies},
		file{"/etc/firefox/defaults/pref/estran.js", []byte(autoConfigPrefs)},
		file{"/etc/firefox/estran.cfg", script},
		file{"/etc/gtk-3.0/settings.ini", []byte(gtkSettings)},
	)
	if c.x11() {
		all = append(all, file{sandboxOwn + "/xauthority", c.cookie})
	}
	return all, nil
}

// userDirs makes every well-known directory of a desktop the documents: whichever one a file picker opens on, it is
// the right one (xdg-user-dirs, user-dirs.dirs(5)).
func userDirs() string {
	var b strings.Builder
	for _, name := range []string{"DESKTOP", "DOCUMENTS", "DOWNLOAD", "MUSIC", "PICTURES", "PUBLICSHARE", "TEMPLATES", "VIDEOS"} {
		fmt.Fprintf(&b, "XDG_%s_DIR=\"$HOME/Documents\"\n", name)
	}
	return b.String()
}

// GTK keeps no list of recent files, and draws a close button only: a window that is minimised is lost.
const gtkSettings = `[Settings]
gtk-recent-files-enabled=false
gtk-recent-files-max-age=0
gtk-decoration-layout=:close
gtk-enable-event-sounds=false
`
