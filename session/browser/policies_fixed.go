package browser

// fixedPolicies are the policies that no configuration changes. Where two would do the same, both are here: an ESR
// drops the older one sooner or later.
func fixedPolicies() object {
	off, on := false, true
	locked := func(o object) object { o["Locked"] = true; return o }
	return object{
		// Nothing is kept, and nothing is offered to be kept.
		"PrivateBrowsingModeAvailability": 2, // forced (Firefox 130, ESR 128.3)
		"SanitizeOnShutdown": locked(object{
			"Cache": on, "Cookies": on, "FormData": on, "History": on, "Sessions": on, "SiteSettings": on, "OfflineApps": on,
		}),
		"DisableFormHistory":            on,
		"PasswordManagerEnabled":        off,
		"OfferToSaveLogins":             off,
		"PrimaryPassword":               off,
		"DisableMasterPasswordCreation": on,
		"AutofillAddressEnabled":        off,
		"AutofillCreditCardEnabled":     off,
		"DisableAccounts":               on,
		"DisableFirefoxAccounts":        on,
		"BrowserDataBackup":             object{"AllowBackup": off, "AllowRestore": off},

		// The settings stay as they are.
		"BlockAboutAddons":         on,
		"BlockAboutConfig":         on,
		"BlockAboutProfiles":       on,
		"BlockAboutSupport":        on,
		"DisableDeveloperTools":    on,
		"DisableProfileImport":     on,
		"DisableProfileRefresh":    on,
		"DisableSafeMode":          on,
		"DisableAppUpdate":         on, // Debian updates it
		"DisableSystemAddonUpdate": on,
		"ExtensionUpdate":          off,
		"InstallAddonsPermission":  object{"Default": off},
		"ExtensionSettings": object{
			"*": object{"installation_mode": "blocked"},
			// The package firefox-esr-l10n-fr is an add-on.
			"langpack-fr@firefox-esr.mozilla.org": object{"installation_mode": "allowed"},
		},
		"DefaultBrowserSettingEnabled": off,
		"DontCheckDefaultBrowser":      on,
		"DisableSetDesktopBackground":  on,
		"Proxy":                        locked(object{"Mode": "system"}),
		"DNSOverHTTPS":                 locked(object{"Enabled": off}), // the place's own filter answers
		"SearchEngines":                object{"Default": "DuckDuckGo", "DefaultPrivate": "DuckDuckGo", "PreventInstalls": on},
		"SearchBar":                    "unified",

		// Security, with no way past a warning.
		"HttpsOnlyMode":             "force_enabled",
		"DisableSecurityBypass":     object{"InvalidCertificate": on, "SafeBrowsing": on},
		"LocalNetworkAccess":        locked(object{"Enabled": on, "BlockTrackers": on, "EnablePrompting": on}),
		"EnableTrackingProtection":  locked(object{"Value": on, "Cryptomining": on, "Fingerprinting": on}),
		"PopupBlocking":             object{"Default": on},
		"DefaultSerialGuardSetting": 2,
		"Permissions": object{
			"Camera":         locked(object{"BlockNewRequests": on}),
			"Microphone":     locked(object{"BlockNewRequests": on}),
			"Location":       locked(object{"BlockNewRequests": on}),
			"Notifications":  locked(object{"BlockNewRequests": on}),
			"VirtualReality": locked(object{"BlockNewRequests": on}),
			"ScreenShare":    locked(object{"BlockNewRequests": on}),
		},
		"EncryptedMediaExtensions": locked(object{"Enabled": off}), // it would download a program

		// Files go to « Mes documents », without a question. Pickers are kept: people must upload papers, and the
		// sandbox shows nothing else. Pages are printed to a PDF there, and from there to paper.
		"DownloadDirectory":             sandboxDocuments,
		"PromptForDownloadLocation":     off,
		"StartDownloadsInTempDirectory": off, // « Mes documents » sees them arrive
		"PDFjs":                         object{"Enabled": on, "EnablePermissions": off},
		"UseSystemPrintDialog":          off,

		// No telemetry, no leak of what is being typed, no message of Mozilla's.
		"DisableTelemetry":          on,
		"DisableFirefoxStudies":     on,
		"DisableRemoteImprovements": on,
		"DisableFeedbackCommands":   on,
		"SearchSuggestEnabled":      off,
		"NetworkPrediction":         off,
		"CaptivePortal":             off,
		"FirefoxSuggest":            locked(object{"WebSuggestions": off, "SponsoredSuggestions": off, "ImproveSuggest": off, "OnlineEnabled": off}),
		"FirefoxHome": locked(object{
			"Search": off, "TopSites": off, "SponsoredTopSites": off, "Highlights": off, "Pocket": off, "Stories": off,
			"SponsoredPocket": off, "SponsoredStories": off, "Snippets": off, "Weather": off,
		}),
		"UserMessaging": locked(object{
			"ExtensionRecommendations": off, "FeatureRecommendations": off, "UrlbarInterventions": off,
			"SkipOnboarding": on, "MoreFromMozilla": off, "FirefoxLabs": off, "WhatsNew": off,
		}),
		"SkipTermsOfUse":         on,
		"OverridePostUpdatePage": "",
		"IPProtectionAvailable":  off,

		// Nothing of a page is sent to a third party. Translations stay: they are made on the computer, and help
		// those who read little French.
		"GenerativeAI": locked(object{"Enabled": off, "Chatbot": off, "LinkPreviews": off, "TabGroups": off, "SmartWindow": off}),
		"AIControls": object{
			"Default":      locked(object{"Value": "blocked"}),
			"Translations": locked(object{"Value": "available"}),
		},
		"TranslateEnabled":          on,
		"VisualSearchEnabled":       off,
		"DisableFirefoxScreenshots": on,
		"PictureInPicture":          locked(object{"Enabled": off}), // a second window, over the others

		// What the visitor sees.
		"DisplayBookmarksToolbar": "always",
		"DisplayMenuBar":          "never",
		"NoDefaultBookmarks":      on,
		"ShowHomeButton":          on,
		"DisableForgetButton":     on, // it would close the window: « J'ai fini » forgets
	}
}
