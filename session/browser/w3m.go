package browser

import (
	"bytes"
	"fmt"
	"html"
	"strings"
)

// Where w3m's files stand in the sandbox. Its own directory is read-only: it keeps no history and no cookie.
const (
	w3mDir        = sandboxOwn + "/w3m"
	w3mConfigFile = w3mDir + "/config"
	w3mStartFile  = sandboxOwn + "/depart.html"
)

// w3mFiles are the generated files of the text browser, which shares the home page.
func w3mFiles(c Config, home []byte) []file {
	all := []file{
		{w3mConfigFile, []byte(w3mConfig(c))},
		{w3mDir + "/keymap", []byte(w3mKeymap())},
		{w3mDir + "/menu", []byte(w3mMenu)},
		{w3mDir + "/mailcap", nil},
	}
	if c.Start != "" {
		// An address on the command line could be read by the host: w3m finds it in a page, the home page, which is
		// then also what one comes back to.
		refresh := fmt.Sprintf("<head>\n<meta http-equiv=refresh content=\"0; url=%s\">", html.EscapeString(c.Start.Reveal()))
		all = append(all, file{w3mStartFile, bytes.Replace(home, []byte("<head>"), []byte(refresh), 1)})
	}
	return all
}

// w3mStart is the first page that w3m opens.
func w3mStart(c Config) string {
	switch {
	case c.Start != "":
		return "file://" + w3mStartFile
	case c.HomePage != "":
		return c.HomePage
	default:
		return homePageURL
	}
}

// w3mConfig is w3m's configuration (w3m -show-option). No program is started for anything, and nothing is kept.
func w3mConfig(c Config) string {
	languages := "fr;q=1.0, en;q=0.5"
	if language(c) == "en" {
		languages = "en;q=1.0, fr;q=0.5"
	}
	var b strings.Builder
	for _, o := range [][2]string{
		{"use_history", "0"},
		{"save_hist", "0"},
		// Sites ask for cookies; they last as long as w3m.
		{"use_cookie", "1"},
		{"accept_cookie", "1"},
		{"show_cookie", "0"},
		{"tmp_dir", "/tmp"},
		{"keymap_file", w3mDir + "/keymap"},
		{"mailcap", w3mDir + "/mailcap"},
		{"mime_types", "/etc/mime.types"},
		{"urimethodmap", "/nonexistent"},
		{"passwd_file", "/nonexistent"},
		{"pre_form_file", "/nonexistent"},
		{"siteconf_file", "/nonexistent"},
		{"cgi_bin", ""},
		{"document_root", ""},
		{"personal_document_root", ""},
		{"editor", "/nonexistent"},
		{"mailer", "/nonexistent"},
		{"extbrowser", "/nonexistent"},
		{"ext_dirlist", "0"},
		{"use_dictcommand", "0"},
		{"use_migemo", "0"},
		{"use_lessopen", "0"},
		{"display_image", "0"},
		{"ext_image_viewer", "0"},
		{"auto_image", "0"},
		{"accept_encoding", "identity"}, // w3m would start gunzip
		{"accept_language", languages},
		{"retry_http", "0"},
		{"argv_is_url", "1"},
		{"meta_refresh", "1"},
		{"default_url", "0"},
		{"ssl_verify_server", "1"},
		{"ssl_ca_path", "/etc/ssl/certs"},
		{"ssl_min_version", "TLSv1.2"},
		{"cross_origin_referer", "0"},
		{"display_charset", "UTF-8"},
		{"system_charset", "UTF-8"},
		{"follow_locale", "0"},
		{"confirm_qq", "1"},
		{"use_mouse", "1"},
		{"mark", "0"},
		{"vi_prec_num", "0"},
		{"color", "1"},
		{"active_style", "1"},
		{"graphic_char", "0"},
		{"display_link", "1"},
		{"decode_url", "1"},
		{"pseudo_inlines", "0"},
		{"ignore_null_img_alt", "1"},
		{"target_self", "1"},
		{"open_tab_blank", "0"},
	} {
		fmt.Fprintf(&b, "%s %s\n", o[0], o[1])
	}
	return b.String()
}

// w3mKeys is what each key does; every other key does nothing. None of w3m's functions that start a program, open a
// file of the sandbox or change an option is reachable (README.func).
var w3mKeys = [][2]string{
	{"UP", "MOVE_UP"},
	{"DOWN", "MOVE_DOWN"},
	{"LEFT", "MOVE_LEFT"},
	{"RIGHT", "MOVE_RIGHT"},
	{"TAB", "NEXT_LINK"},
	{"M-[Z", "PREV_LINK"},
	{"C-m", "GOTO_LINK"},
	{"C-j", "GOTO_LINK"},
	{"SPC", "NEXT_PAGE"},
	{"b", "PREV_PAGE"},
	{"M-[5~", "PREV_PAGE"},
	{"M-[6~", "NEXT_PAGE"},
	{"M-[1~", "BEGIN"},
	{"M-[4~", "END"},
	{"M-[H", "BEGIN"},
	{"M-[F", "END"},
	{"B", "BACK"},
	{"C-h", "BACK"},
	{"DEL", "BACK"},
	{"U", "GOTO"},
	{"R", "RELOAD"},
	{"A", "GOTO_HOME"},
	{"/", "SEARCH"},
	{"n", "SEARCH_NEXT"},
	{"N", "SEARCH_PREV"},
	{"a", "SAVE_LINK"},
	{"S", "SAVE_SCREEN"},
	{"C-l", "REDRAW"},
	{"q", "QUIT"},
	{"Q", "QUIT"},
}

// w3mKeymap unbinds every key, then binds those of w3mKeys (README.keymap).
func w3mKeymap() string {
	var b strings.Builder
	unbind := func(key string) { fmt.Fprintf(&b, "keymap %s NULL\n", key) }
	for letter := 'a'; letter <= 'z'; letter++ {
		unbind("C-" + string(letter))
		unbind("M-C-" + string(letter))
	}
	for _, key := range []string{"C-@", "C-_", "C-]", "TAB", "M-TAB", "SPC", "M-SPC", "DEL", "M-DEL"} {
		unbind(key)
	}
	for c := '!'; c <= '~'; c++ {
		key := string(c)
		switch c {
		case '"', '^', '\\':
			key = `\` + key
		case ';', '\'', '#', '`':
			key = `"` + key + `"`
		}
		unbind(key)
		if c != '[' && c != 'O' { // these begin the arrows
			unbind("M-" + key)
		}
	}
	for _, key := range []string{"M-[E", "M-[L", "M-[2~", "M-[28~"} {
		unbind(key) // the menu
	}
	for _, k := range w3mKeys {
		fmt.Fprintf(&b, "keymap %s %s\n", k[0], k[1])
	}
	return b.String()
}

// The menus that the mouse opens hold nothing to open.
const w3mMenu = `menu Main
 nop " "
end
menu Select
 nop " "
end
menu SelectTab
 nop " "
end
`
