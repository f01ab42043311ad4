package session

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"
)

// configRule is what one setting allows. set puts a value in the configuration, or says what is wrong with it.
type configRule struct {
	allowed string
	set     func(value any) (problem string)
}

const (
	// mostMonths is how long the law lets connection data be kept.
	mostMonths = 12
	// mostActivityMonths is as long as counts may be of use: they are numbers, and say nothing of anybody.
	mostActivityMonths = 120
)

// mostCopyYears is the longest limitation period of the Code civil (article 2227).
const mostCopyYears = 30

// What a mandate is filled in with has a line of its sheet each, or half of one.
const (
	maxMandateLine = 120
	maxMandateWord = 80
)

// configRules are the rules of all settings, by their full key.
type configRules map[string]configRule

// newConfigRules is the table of all that a configuration may say, but for its sites. c receives the values.
func newConfigRules(c *Config) configRules {
	return configRules{
		"station.name":      lineRule(&c.Station.Name, maxStationName),
		"station.language":  oneOfRule(&c.Station.Language, "fr", "en"),
		"station.state_dir": pathRule(&c.Station.StateDir, `write an absolute path, or "" to let the station choose`),
		"station.run_dir":   pathRule(&c.Station.RunDir, `write an absolute path, or "" to let the station choose`),

		"session.length":       durationRule(&c.Session.Length, 5*time.Minute, 8*time.Hour),
		"session.extension":    durationRule(&c.Session.Extension, time.Minute, 2*time.Hour),
		"session.extensions":   countRule(&c.Session.Extensions, 0, 20),
		"session.end_warning":  durationRule(&c.Session.EndWarning, 30*time.Second, 30*time.Minute),
		"session.idle":         durationRule(&c.Session.Idle, 30*time.Second, time.Hour),
		"session.idle_warning": durationRule(&c.Session.IdleWarning, 10*time.Second, 10*time.Minute),
		"session.pause":        durationRule(&c.Session.Pause, time.Minute, 30*time.Minute),
		"session.pause_tries":  countRule(&c.Session.PauseTries, 1, 10),
		"session.receipt":      durationRule(&c.Session.Receipt, 5*time.Second, 10*time.Minute),
		"session.memory":       sizeRule(&c.Session.Memory, 64<<20, 64<<30),
		"session.inodes":       countRule(&c.Session.Inodes, 1_000, 10_000_000),
		"session.tips":         oneOfRule(&c.Session.Tips, "skippable", "required"),

		"browser.program":       oneOfRule(&c.Browser.Program, "auto", "firefox-esr", "w3m"),
		"browser.home":          pageRule(&c.Browser.Home),
		"browser.start_timeout": durationRule(&c.Browser.StartTimeout, 5*time.Second, 10*time.Minute),

		"media.udisks":    oneOfRule(&c.Media.UDisks, "auto", "on", "off"),
		"media.watch":     pathsRule(&c.Media.Watch),
		"media.antivirus": pathRule(&c.Media.Antivirus, `write the absolute path of clamd's socket, or ""`),
		"media.timeout":   durationRule(&c.Media.Timeout, time.Second, 30*time.Minute),
		"media.max_file":  sizeRule(&c.Media.MaxFile, 1<<20, 64<<30),
		"media.max_files": countRule(&c.Media.MaxFiles, 1, 1_000_000),
		"media.unchecked": oneOfRule(&c.Media.Unchecked, "ask", "refuse"),
		"media.sound":     yesRule(&c.Media.Sound),

		"printing.queue": queueRule(&c.Printing.Queue),

		"assist.act":        oneOfRule(&c.Assist.Act, "mandate", "optional", "off"),
		"assist.structure":  lineRule(&c.Assist.Structure, maxMandateLine),
		"assist.address":    lineRule(&c.Assist.Address, maxMandateLine),
		"assist.function":   lineRule(&c.Assist.Function, maxMandateWord),
		"assist.contact":    lineRule(&c.Assist.Contact, maxMandateLine),
		"assist.copy_years": countRule(&c.Assist.CopyYears, 1, mostCopyYears),

		"access_log.enabled":          yesRule(&c.AccessLog.Enabled),
		"access_log.technical_months": countRule(&c.AccessLog.TechnicalMonths, 1, mostMonths),
		"access_log.times_months":     countRule(&c.AccessLog.TimesMonths, 1, mostMonths),

		"activity.months": countRule(&c.Activity.Months, 1, mostActivityMonths),
	}
}

// relations checks what no setting can tell alone: a warning comes before what it warns of, and times go before the line
// they are in. The error stands at the setting that the file gives.
func (r *configReader) relations() {
	s := r.config.Session
	r.shorter("session.idle_warning", s.IdleWarning, "session.idle", s.Idle)
	r.shorter("session.end_warning", s.EndWarning, "session.length", s.Length)
	const times, technical = "access_log.times_months", "access_log.technical_months"
	switch l := r.config.AccessLog; {
	case l.TimesMonths <= l.TechnicalMonths:
	case r.lines.has(times):
		r.wrong(times, fmt.Sprintf("%d is too long", l.TimesMonths), fmt.Sprintf("write at most %s, which is %d", technical, l.TechnicalMonths))
	default:
		r.wrong(technical, fmt.Sprintf("%d is too short", l.TechnicalMonths), fmt.Sprintf("write at least %s, which is %d", times, l.TimesMonths))
	}
}

func (r *configReader) shorter(short string, a Duration, long string, b Duration) {
	if a < b {
		return
	}
	if r.lines.has(short) {
		r.wrong(short, a.String()+" is too long", "write less than "+long+", which is "+b.String())
		return
	}
	r.wrong(long, b.String()+" is too short", "write more than "+short+", which is "+a.String())
}

// keys lists the keys of a section in order, nil for a section that does not exist.
func (r configRules) keys(section string) []string {
	var keys []string
	for full := range r {
		if key, ok := strings.CutPrefix(full, section+"."); ok {
			keys = append(keys, key)
		}
	}
	slices.Sort(keys)
	return keys
}

// sections lists the sections as they are written.
func (r configRules) sections() []string {
	names := map[string]bool{"[[sites]]": true}
	for full := range r {
		section, _, _ := strings.Cut(full, ".")
		names["["+section+"]"] = true
	}
	return slices.Sorted(maps.Keys(names))
}
