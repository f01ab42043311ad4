package browser

import "strings"

// environment is all that the browser finds in its environment, in order.
func environment(c Config) [][2]string {
	env := [][2]string{
		{"HOME", sandboxHome},
		{"USER", visitorName},
		{"LOGNAME", visitorName},
		{"PATH", "/nonexistent"}, // there is nothing to find
		{"LANG", "C.UTF-8"},
		{"LANGUAGE", language(c)}, // GTK and w3m speak French without a French locale having been generated
		{"TMPDIR", "/tmp"},
		{"XDG_CONFIG_HOME", sandboxConfig},
		{"XDG_CACHE_HOME", sandboxSession + "/cache"},
		{"XDG_DATA_HOME", sandboxSession + "/data"},
		{"XDG_STATE_HOME", sandboxSession + "/state"},
		{"XDG_RUNTIME_DIR", sandboxRuntime},
		// Without an address libdbus and GLib would try to find or to start a bus.
		{"DBUS_SESSION_BUS_ADDRESS", "disabled:"},
		{"DBUS_SYSTEM_BUS_ADDRESS", "disabled:"},
	}
	if c.text() {
		return append(env, [2]string{"TERM", "xterm-256color"}, [2]string{"W3M_DIR", w3mDir},
			[2]string{"WWW_HOME", c.home()})
	}
	env = append(
		env,
		[2]string{"GSETTINGS_BACKEND", "memory"}, // dconf lives on the bus
		[2]string{"GTK_USE_PORTAL", "0"},         // so do portals: pickers are the sandbox's own
		[2]string{"NO_AT_BRIDGE", "1"},
		[2]string{"CUPS_SERVER", "/nonexistent"}, // libcups would try localhost: pages are printed to a PDF in Documents
		[2]string{"MOZ_CRASHREPORTER_DISABLE", "1"},
		[2]string{"MOZ_DISABLE_WAYLAND_PROXY", "1"}, // it needs a directory for a second socket
	)
	switch {
	case c.Headless:
	case c.Display.Wayland != "":
		env = append(env, [2]string{"GDK_BACKEND", "wayland"}, [2]string{"MOZ_ENABLE_WAYLAND", "1"},
			[2]string{"WAYLAND_DISPLAY", "wayland-0"})
	case c.Display.X11 != "":
		env = append(env, [2]string{"GDK_BACKEND", "x11"}, [2]string{"DISPLAY", c.Display.X11},
			[2]string{"XAUTHORITY", sandboxOwn + "/xauthority"})
	}
	return env
}

// language is "fr" or "en", French when it is neither: the language of the first screen is the place's.
func language(c Config) string {
	if strings.HasPrefix(c.Language, "en") {
		return "en"
	}
	return "fr"
}
