package session

import "time"

// Config is /etc/estran/estran.toml. Every field has a default; Load refuses an unknown key or a bad value and says
// in which line, and what is allowed.
type Config struct {
	Station   StationConfig   `toml:"station"`
	Session   SessionConfig   `toml:"session"`
	Browser   BrowserConfig   `toml:"browser"`
	Media     MediaConfig     `toml:"media"`
	Printing  PrintingConfig  `toml:"printing"`
	AccessLog AccessLogConfig `toml:"access_log"`
	Assist    AssistConfig    `toml:"assist"`
	Activity  ActivityConfig  `toml:"activity"`
	Sites     []Site          `toml:"sites"`
}

// StationConfig says what the station is called and where it keeps its two directories.
type StationConfig struct {
	// Name of the place, shown on the first screen; "" shows none.
	Name string `toml:"name"`
	// Language of the first screen.
	Language Language `toml:"language"`
	// StateDir holds the one line that says whether a session is open; "" chooses one (XDG).
	StateDir Path `toml:"state_dir"`
	// RunDir holds the mount point of the session's memory; "" chooses one (XDG).
	RunDir Path `toml:"run_dir"`
}

// SessionConfig says how long things last and how much a session may hold.
type SessionConfig struct {
	Length      Duration `toml:"length"`
	Extension   Duration `toml:"extension"`
	Extensions  int      `toml:"extensions"`
	EndWarning  Duration `toml:"end_warning"`
	Idle        Duration `toml:"idle"`
	IdleWarning Duration `toml:"idle_warning"`
	Pause       Duration `toml:"pause"`
	PauseTries  int      `toml:"pause_tries"`
	Receipt     Duration `toml:"receipt"`
	// Memory bounds all that a session writes: home, documents, temporary files.
	Memory Size `toml:"memory"`
	// Inodes bounds how many files it may be.
	Inodes int `toml:"inodes"`
	// Tips says whether the visitor may skip the twelve tips.
	Tips Tips `toml:"tips"`
}

// BrowserConfig says which browser a visitor gets.
type BrowserConfig struct {
	Program BrowserProgram `toml:"program"`
	// Home is the page the browser opens on; "" is a local page with the official sites.
	Home string `toml:"home"`
	// StartTimeout is how long a browser may take to show a window.
	StartTimeout Duration `toml:"start_timeout"`
}

// MediaConfig says where keys appear and how their files are checked.
type MediaConfig struct {
	// UDisks says whether keys are found through UDisks2 on the system bus.
	UDisks UDisksRule `toml:"udisks"`
	// Watch lists directories in which a key appears as a folder or a block device.
	Watch []Path `toml:"watch"`
	// Antivirus is the socket of clamd.
	Antivirus Path `toml:"antivirus"`
	// Timeout is how long clamd may take for one file.
	Timeout Duration `toml:"timeout"`
	// MaxFile is the largest file that is checked and copied.
	MaxFile Size `toml:"max_file"`
	// MaxFiles is how many files of a key are listed.
	MaxFiles int `toml:"max_files"`
	// Unchecked says what becomes of files that could not be checked.
	Unchecked UncheckedRule `toml:"unchecked"`
	// Sound rings when a key is checked, and when it can be taken.
	Sound bool `toml:"sound"`
}

// PrintingConfig says where documents are printed.
type PrintingConfig struct {
	// Queue is the CUPS queue, "default" is the system's default one, "" prints nothing. A queue that keeps finished
	// jobs, as CUPS does by default (cupsd.conf(5), PreserveJobFiles), makes the wipe fail.
	Queue string `toml:"queue"`
}

// AccessLogConfig says whether each session is noted, and for how long (session/accesslog).
type AccessLogConfig struct {
	Enabled bool `toml:"enabled"`
	// TechnicalMonths is how long a line is kept, TimesMonths how long it tells at what times, and not the day alone.
	TechnicalMonths int `toml:"technical_months"`
	TimesMonths     int `toml:"times_months"`
}

// AssistConfig says how agents may help, and whom a mandate names as the structure.
type AssistConfig struct {
	// Act says whether an agent may act for a visitor.
	Act ActRule `toml:"act"`
	// Structure, Address and Function are what a mandate is filled in with: the body that helps, where it is, and what its
	// agents do; "" leaves a line to write on.
	Structure string `toml:"structure"`
	Address   string `toml:"address"`
	Function  string `toml:"function"`
	// Contact is whom to ask about one's data (the DPO), on the mandate.
	Contact string `toml:"contact"`
	// CopyYears is how long the structure keeps its signed copy of a mandate, on paper, after the last day: it is told on the
	// mandate. Five years, in which a claim may be brought (Code civil, article 2224), unless the DPO decides otherwise.
	CopyYears int `toml:"copy_years"`
}

// ActivityConfig says how long the counts of activity are kept.
type ActivityConfig struct {
	// Months is for how long, in months.
	Months int `toml:"months"`
}

// ActRule is "mandate" (only with a signed mandate), "optional" or "off".
type ActRule string

// Site is an official site: a tile, a bookmark that cannot be removed, and a site that a mandate may name.
type Site struct {
	Name string `toml:"name"`
	URL  string `toml:"url"`
	// What says in a few words what one does there, WhatEN the same in English; "" for none.
	What   string `toml:"what"`
	WhatEN string `toml:"what_en"`
}

// Language is "fr" or "en".
type Language string

// BrowserProgram is "auto", "firefox-esr" or "w3m".
type BrowserProgram string

// Tips is "skippable" or "required".
type Tips string

// UDisksRule is "auto" (on an installed station, where nothing else mounts keys), "on" or "off".
type UDisksRule string

// UncheckedRule is "ask" or "refuse".
type UncheckedRule string

// Path is an absolute path.
type Path string

// Duration is a time.Duration written as "90s" or "1h30m".
type Duration time.Duration

// Size is a number of bytes written as "512MiB" or "2GiB".
type Size int64

// Defaults is the configuration of a station that was given none.
func Defaults() Config {
	return Config{
		Station: StationConfig{Language: "fr"},
		Session: SessionConfig{
			Length: Duration(time.Hour), Extension: Duration(15 * time.Minute), Extensions: 2,
			EndWarning: Duration(5 * time.Minute),
			Idle:       Duration(5 * time.Minute), IdleWarning: Duration(time.Minute),
			Pause: Duration(5 * time.Minute), PauseTries: 3, Receipt: Duration(30 * time.Second),
			Memory: 2 << 30, Inodes: 100_000, Tips: "skippable",
		},
		Browser: BrowserConfig{Program: "auto", StartTimeout: Duration(2 * time.Minute)},
		Media: MediaConfig{
			UDisks: "auto", Antivirus: "/run/clamav/clamd.ctl", Timeout: Duration(2 * time.Minute),
			MaxFile: 512 << 20, MaxFiles: 20_000, Unchecked: "ask",
		},
		AccessLog: AccessLogConfig{TechnicalMonths: 12, TimesMonths: 3},
		Assist:    AssistConfig{Act: "mandate", CopyYears: 5},
		Activity:  ActivityConfig{Months: 24},
		Sites:     defaultSites(),
	}
}

// defaultSites are the official sites of France that visitors come for.
func defaultSites() []Site {
	return []Site{
		{"Service-Public", "https://www.service-public.gouv.fr/", "Papiers, droits", "Papers, rights"},
		{"Impôts", "https://www.impots.gouv.fr/", "Déclarer, payer", "Declare, pay"},
		{"CAF", "https://www.caf.fr/", "Famille, logement", "Family, housing"},
		{"Ameli", "https://www.ameli.fr/", "Santé", "Health"},
		{"France Travail", "https://www.francetravail.fr/", "Emploi", "Jobs"},
		{"France Titres (ANTS)", "https://ants.gouv.fr/", "Identité, permis", "Identity, licence"},
		{"Retraite", "https://www.lassuranceretraite.fr/", "Retraite de base", "Basic pension"},
		{"MSA", "https://www.msa.fr/", "Monde agricole", "Farming"},
		{"Services étudiants", "https://www.messervices.etudiant.gouv.fr/", "Bourse, logement", "Grants, housing"},
		{"Cybermalveillance", "https://www.cybermalveillance.gouv.fr/", "Arnaques : de l’aide", "Help with scams"},
		{"CNIL", "https://www.cnil.fr/", "Vos données", "Your data"},
	}
}
