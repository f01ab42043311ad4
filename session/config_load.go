package session

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/pelletier/go-toml/v2"
)

// ConfigPath is where Load looks when it is given no path.
const ConfigPath = "/etc/estran/estran.toml"

// maxConfig is far above any configuration: what is larger was named by mistake.
const maxConfig = 1 << 20

// Load reads the configuration from a file. With an empty path it reads ConfigPath, and gives the Defaults when there
// is no such file; a path that was asked for must exist. The errors are ConfigErrors, several joined where several
// things are wrong. It must not be answered by opening a session: FaultConfig is for that.
func Load(path string) (Config, error) {
	if path != "" {
		return loadFile(path)
	}
	return loadDefault(ConfigPath)
}

func loadDefault(path string) (Config, error) {
	c, err := loadFile(path)
	if errors.Is(err, fs.ErrNotExist) {
		return Defaults(), nil
	}
	return c, err
}

func loadFile(path string) (Config, error) {
	data, err := readConfig(path)
	if err != nil {
		return Config{}, err
	}
	return Parse(data, path)
}

// readConfig looks at what the path names before it opens it: opening a pipe would wait for ever.
func readConfig(path string) ([]byte, error) {
	wrong := func(problem string, err error) error {
		var p *fs.PathError
		if errors.As(err, &p) {
			err = p.Err
		}
		return &ConfigError{File: path, Problem: problem, Err: err}
	}
	info, err := os.Stat(path)
	if err != nil {
		return nil, wrong("cannot find the configuration", err)
	}
	if !info.Mode().IsRegular() {
		return nil, wrong("the configuration is not a file", nil)
	}
	f, err := os.Open(path)
	if err != nil {
		return nil, wrong("cannot open the configuration", err)
	}
	defer func() { _ = f.Close() }()
	data, err := io.ReadAll(io.LimitReader(f, maxConfig+1))
	if err != nil {
		return nil, wrong("cannot read the configuration", err)
	}
	return data, nil
}

// Parse reads a configuration; file is what errors call it. What data leaves out keeps its default value. Each unknown
// key and each bad value is an error.
func Parse(data []byte, file string) (Config, error) {
	r := configReader{file: file, config: Defaults()}
	data = bytes.TrimPrefix(data, []byte("\xef\xbb\xbf"))
	if document, ok := r.document(data); ok {
		r.lines = findLines(data)
		r.sections(document)
	}
	if len(r.errs) == 0 {
		r.relations()
	}
	if len(r.errs) > 0 {
		return Config{}, joinConfigErrors(r.errs)
	}
	return r.config, nil
}

// configReader gathers what is wrong while it fills the configuration.
type configReader struct {
	file   string
	config Config
	lines  configLines
	errs   []*ConfigError
}

func (r *configReader) wrong(key, problem, allowed string) {
	r.errs = append(r.errs, &ConfigError{File: r.file, Line: r.lines.of(key), Key: key, Problem: problem, Allowed: allowed})
}

func (r *configReader) wrongAt(line int, problem, allowed string) {
	r.errs = append(r.errs, &ConfigError{File: r.file, Line: line, Problem: problem, Allowed: allowed})
}

// document reads the TOML itself: its syntax, and keys that are written twice.
func (r *configReader) document(data []byte) (map[string]any, bool) {
	if len(data) > maxConfig {
		r.wrongAt(0, "the file is larger than "+Size(maxConfig).String(), "it is not a configuration")
		return nil, false
	}
	if !utf8.Valid(data) {
		r.wrongAt(lineOfBadByte(data), "the line is not UTF-8", "save the file as UTF-8")
		return nil, false
	}
	var document map[string]any
	if err := toml.Unmarshal(data, &document); err != nil {
		line := 0
		var d *toml.DecodeError
		if errors.As(err, &d) {
			line, _ = d.Position()
		}
		r.wrongAt(line, strings.TrimPrefix(err.Error(), "toml: "), "")
		return nil, false
	}
	return document, true
}

// sections hands each setting of the document to its rule.
func (r *configReader) sections(document map[string]any) {
	rules := newConfigRules(&r.config)
	for section, value := range document {
		keys := rules.keys(section)
		table, isTable := value.(map[string]any)
		switch {
		case section == "sites":
			r.sites(value)
		case keys == nil:
			r.wrong(section, "unknown", "the sections are "+strings.Join(rules.sections(), ", "))
		case !isTable:
			r.wrong(section, shown(value)+" is not a section", fmt.Sprintf("write [%s] on a line, and its keys below", section))
		default:
			for key, v := range table {
				r.setting(rules, section, key, v)
			}
		}
	}
}

func (r *configReader) setting(rules configRules, section, key string, value any) {
	full := joinKey(section, key)
	rule, known := rules[full]
	if !known {
		r.wrong(full, "unknown", fmt.Sprintf("the keys of [%s] are %s", section, strings.Join(rules.keys(section), ", ")))
		return
	}
	if problem := rule.set(value); problem != "" {
		r.wrong(full, problem, rule.allowed)
	}
}

// lineOfBadByte returns the line of the first byte that is not UTF-8.
func lineOfBadByte(data []byte) int {
	lines := slices.Collect(bytes.Lines(data))
	return 1 + slices.IndexFunc(lines, func(line []byte) bool { return !utf8.Valid(line) })
}
