package browser

import (
	_ "embed"
	"encoding/json"
	"fmt"
)

// Firefox reads AutoConfig from its system-wide directory, /etc/firefox, which exists in the sandbox only
// (https://support.mozilla.org/kb/customizing-firefox-using-autoconfig). An ESR lets the script out of AutoConfig's own
// sandbox.
const autoConfigPrefs = `// Says which file is the AutoConfig script.
pref("general.config.filename", "estran.cfg");
pref("general.config.obscure_value", 0);
pref("general.config.sandbox_enabled", false);
`

//go:embed firefox/estran.js
var autoConfigScript []byte

//go:embed firefox/window.css
var windowStyle string

// heartbeatFile is where the script says that Firefox lives, in Config.Home.
const heartbeatFile = "heartbeat"

// autoConfig is estran.cfg: what this configuration asks for, then the script. Firefox ignores the first line.
func autoConfig(c Config) ([]byte, error) {
	limit := []string{}
	for _, host := range c.Limit {
		limit = append(limit, host.Reveal())
	}
	settings, err := json.Marshal(map[string]any{
		"limit":     limit,
		"language":  language(c),
		"prefs":     preferences(c),
		"heartbeat": sandboxSession + "/" + heartbeatFile,
		"home":      c.home(),
		"style":     windowStyle,
	})
	if err != nil {
		return nil, fmt.Errorf("cannot write the AutoConfig script: %w", err)
	}
	return fmt.Appendf(nil, "// estran\nvar estran = %s;\n%s%s", settings, autoConfigScript, c.script), nil
}

// preferences are locked by the script: no policy sets them.
func preferences(c Config) map[string]any {
	languages := "fr-FR, fr, en"
	if language(c) == "en" {
		languages = "en-GB, en, fr"
	}
	p := map[string]any{
		"intl.accept_languages": languages,
		// There is no graphics card in the sandbox.
		"gfx.webrender.software":                true,
		"media.hardware-video-decoding.enabled": false,
		// No other program is ever started for an address: there is none.
		"network.protocol-handler.external-default":      false,
		"network.protocol-handler.external.mailto":       false,
		"network.protocol-handler.expose-all":            true,
		"network.protocol-handler.warn-external-default": false,
		// Pages do not reach this computer nor the place's network, and nobody is asked.
		"permissions.default.loopback-network": 2,
		"permissions.default.local-network":    2,
		"permissions.default.shortcuts":        2,
		"dom.webserial.enabled":                false,
		"dom.webmidi.enabled":                  false,
		"dom.gamepad.enabled":                  false,
		"dom.push.enabled":                     false,
		"dom.serviceWorkers.enabled":           true,
		// Downloads stay where they are, and are not asked about.
		"browser.download.deletePrivate":                        false,
		"browser.download.enableDeletePrivate":                  false,
		"browser.download.always_ask_before_handling_new_types": false,
		"browser.download.manager.addToRecentDocs":              false,
		"browser.helperApps.deleteTempFileOnExit":               true,
		"browser.download.start_downloads_in_tmp_dir":           false,
		// Nothing is written about what was visited, even to the session's memory.
		"browser.cache.disk.enable":                 false,
		"browser.sessionstore.resume_from_crash":    false,
		"browser.sessionstore.max_resumed_crashes":  0,
		"browser.sessionstore.privacy_level":        2,
		"browser.pagethumbnails.capturing_disabled": true,
		"places.history.enabled":                    false,
		// Closing does not ask.
		"browser.tabs.warnOnClose":            false,
		"browser.warnOnQuit":                  false,
		"browser.warnOnQuitShortcut":          false,
		"browser.tabs.closeWindowWithLastTab": true,
		// No first-run page, tour, hint or new design.
		"browser.aboutwelcome.enabled":               false,
		"browser.newtab.preload":                     false,
		"browser.uitour.enabled":                     false,
		"browser.vpn_promo.enabled":                  false,
		"browser.promo.focus.enabled":                false,
		"browser.tabs.firefox-view":                  false,
		"browser.tabs.inTitlebar":                    1,
		"sidebar.revamp":                             false,
		"sidebar.verticalTabs":                       false,
		"browser.urlbar.suggest.quickactions":        false,
		"browser.urlbar.scotchBonnet.enableOverride": false,
		"browser.urlbar.suggest.history":             false,
		"browser.urlbar.suggest.engines":             false,
		"browser.urlbar.suggest.topsites":            false,
		"browser.urlbar.trending.featureGate":        false,
		// A page or a film in full screen fills its window, not the screen: Estran stays above it.
		"full-screen-api.ignore-widgets":  true,
		"full-screen-api.warning.timeout": 1500,
		// A film does not keep the session open when nobody is there.
		"media.video-wakelock":       false,
		"dom.screenwakelock.enabled": false,
		// Its button closes every window: « J'ai fini » forgets.
		"browser.privatebrowsing.resetPBM.enabled": false,
		// No crash report, no call to Mozilla that serves no visitor.
		"browser.tabs.crashReporting.sendReport":                  false,
		"breakpad.reportURL":                                      "",
		"network.connectivity-service.enabled":                    false,
		"browser.region.network.url":                              "",
		"browser.region.update.enabled":                           false,
		"extensions.getAddons.cache.enabled":                      false,
		"media.gmp-manager.updateEnabled":                         false,
		"media.gmp-provider.enabled":                              false,
		"browser.search.serpEventTelemetryCategorization.enabled": false,
		"app.normandy.enabled":                                    false,
		"toolkit.telemetry.enabled":                               false,
		// No one can be listened to from here.
		"media.navigator.enabled":                       false,
		"media.peerconnection.ice.default_address_only": true,
		"signon.rememberSignons":                        false,
		"accessibility.force_disabled":                  0,
	}
	if c.Large {
		p["layout.css.devPixelsPerPx"] = "1.5"
	}
	return p
}
