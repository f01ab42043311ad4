package session

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"reflect"
	"runtime"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/pelletier/go-toml/v2"
	"golang.org/x/sys/unix"
)

func TestLoad(t *testing.T) {
	dir := t.TempDir()
	good := filepath.Join(dir, "good.toml")
	writeConfig(t, good, "[station]\nname = \"Ici\"\n")
	bad := filepath.Join(dir, "bad.toml")
	writeConfig(t, bad, "[station]\nname = 3\n")
	pipe := filepath.Join(dir, "pipe")
	if err := unix.Mkfifo(pipe, 0o600); err != nil {
		t.Fatal(err)
	}
	absent := filepath.Join(dir, "absent.toml")

	t.Run("a path that was asked for is read", func(t *testing.T) {
		c, err := Load(good)
		if err != nil || c.Station.Name != "Ici" {
			t.Errorf("got %q, %v", c.Station.Name, err)
		}
	})
	t.Run("the default path may be absent", func(t *testing.T) {
		c, err := loadDefault(absent)
		if err != nil || !cmp.Equal(c, Defaults()) {
			t.Errorf("got %+v, %v", c, err)
		}
	})
	t.Run("the default path that is there must be right", func(t *testing.T) {
		if _, err := loadDefault(bad); err == nil {
			t.Error("a wrong file was taken for an absent one")
		}
	})
	refused := map[string]struct{ path, want string }{
		"a path that was asked for must exist": {absent, absent + ": cannot find the configuration: no such file or directory"},
		"a directory is not a configuration":   {dir, dir + ": the configuration is not a file"},
		"a pipe is not waited for":             {pipe, pipe + ": the configuration is not a file"},
		"a device is not read for ever":        {"/dev/zero", "/dev/zero: the configuration is not a file"},
		"an error names the path":              {bad, bad + ":2: station.name: 3 is not a text: write at most 60 characters, on one line"},
	}
	for name, tt := range refused {
		t.Run(name, func(t *testing.T) {
			_, err := Load(tt.path)
			if err == nil || err.Error() != tt.want {
				t.Errorf("got  %v\nwant %s", err, tt.want)
			}
		})
	}
	t.Run("an absent file can be told from a wrong one", func(t *testing.T) {
		if _, err := Load(absent); !errors.Is(err, fs.ErrNotExist) {
			t.Errorf("%v is no fs.ErrNotExist", err)
		}
	})
}

// TestLoadUnreadable runs where the right to read can be taken away; root reads all.
func TestLoadUnreadable(t *testing.T) {
	if os.Getuid() == 0 {
		// Root has the right by two capabilities; without them in this thread's set, it is as anybody.
		dropDacOverride(t)
	}
	path := filepath.Join(t.TempDir(), "closed.toml")
	writeConfig(t, path, "")
	if err := os.Chmod(path, 0); err != nil {
		t.Fatal(err)
	}
	want := path + ": cannot open the configuration: permission denied"
	if _, err := Load(path); err == nil || err.Error() != want {
		t.Errorf("got  %v\nwant %s", err, want)
	}
}

// TestShippedFile holds the file that IT edits to the program: it changes nothing as it is, nothing when all of it is
// uncommented, and each line of it can be uncommented alone.
func TestShippedFile(t *testing.T) {
	data, err := os.ReadFile("../packaging/estran.toml")
	if err != nil {
		t.Fatal(err)
	}
	shipped := strings.Split(string(data), "\n")
	same := func(t *testing.T, lines []string) {
		t.Helper()
		c, err := Parse([]byte(strings.Join(lines, "\n")), "estran.toml")
		if err != nil {
			t.Error(err)
		} else if diff := cmp.Diff(Defaults(), c); diff != "" {
			t.Errorf("it differs from the defaults (-default +file):\n%s", diff)
		}
	}
	t.Run("as it is shipped", func(t *testing.T) { same(t, shipped) })
	uncommented := func(only int) []string {
		lines := slices.Clone(shipped)
		for i, line := range lines {
			if setting, ok := commentedSetting(line); ok && (only < 0 || only == i) {
				lines[i] = setting
			}
		}
		return lines
	}
	t.Run("all of it uncommented", func(t *testing.T) { same(t, uncommented(-1)) })
	t.Run("all of it uncommented, read by the strict decoder of the library", func(t *testing.T) {
		var c Config
		d := toml.NewDecoder(strings.NewReader(strings.Join(uncommented(-1), "\n"))).DisallowUnknownFields()
		if err := d.Decode(&c); err != nil {
			t.Fatal(err)
		}
		if len(c.Media.Watch) == 0 {
			c.Media.Watch = nil
		}
		if diff := cmp.Diff(Defaults(), c); diff != "" {
			t.Errorf("the tags of Config and the rules differ (-rules +tags):\n%s", diff)
		}
	})
	section := ""
	given := []string{"sites"}
	for i, line := range shipped {
		if strings.HasPrefix(line, "[") {
			section = strings.Trim(line, "[]")
		}
		setting, ok := commentedSetting(line)
		if strings.HasPrefix(setting, "[[") {
			break
		}
		if !ok {
			continue
		}
		key, _, _ := strings.Cut(setting, " = ")
		given = append(given, section+"."+key)
		t.Run(section+"."+key, func(t *testing.T) { same(t, uncommented(i)) })
	}
	slices.Sort(given)
	if diff := cmp.Diff(configKeys(reflect.TypeFor[Config](), ""), given); diff != "" {
		t.Errorf("the settings that the file shows (-program +file):\n%s", diff)
	}
}

// TestRulesAndTags: each field of Config has a rule, and each rule a field.
func TestRulesAndTags(t *testing.T) {
	want := []string{"sites"}
	for key := range newConfigRules(&Config{}) {
		want = append(want, key)
	}
	slices.Sort(want)
	if diff := cmp.Diff(want, configKeys(reflect.TypeFor[Config](), "")); diff != "" {
		t.Errorf("fields (-rules +fields):\n%s", diff)
	}
}

// TestDefaultsObeyTheRules: what the program chooses by itself, a file may write.
func TestDefaultsObeyTheRules(t *testing.T) {
	data, err := toml.Marshal(Defaults())
	if err != nil {
		t.Fatal(err)
	}
	c, err := Parse(data, "defaults")
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(Defaults(), c); diff != "" {
		t.Errorf("written and read again (-before +after):\n%s", diff)
	}
}

func TestDurationAndSizeText(t *testing.T) {
	for _, text := range []string{"0s", "30s", "1m", "1m30s", "10m", "1h", "1h30m", "20h", "1h0m5s"} {
		var d Duration
		if err := d.UnmarshalText([]byte(text)); err != nil || d.String() != text {
			t.Errorf("duration %s became %s, %v", text, d, err)
		}
	}
	for _, text := range []string{"0B", "1B", "1023B", "1KiB", "64MiB", "1GiB", "1025MiB", "64GiB"} {
		var s Size
		if err := s.UnmarshalText([]byte(text)); err != nil || s.String() != text {
			t.Errorf("size %s became %s, %v", text, s, err)
		}
	}
	for _, text := range []string{"", "5", "five", "-1s", "5 m"} {
		if err := new(Duration).UnmarshalText([]byte(text)); err == nil {
			t.Errorf("%q is taken for a duration", text)
		}
	}
	for _, text := range []string{"", "5", "MiB", "-1MiB", "1.5GiB", "1GB", "8589934592GiB", "9223372036854775808B"} {
		if err := new(Size).UnmarshalText([]byte(text)); err == nil {
			t.Errorf("%q is taken for a size", text)
		}
	}
}

// commentedSetting tells a setting that is commented out ("#idle = …") from prose ("# The time …").
func commentedSetting(line string) (string, bool) {
	setting, ok := strings.CutPrefix(line, "#")
	return setting, ok && setting != "" && setting[0] != ' '
}

// configKeys lists the keys that the tags of Config name.
func configKeys(t reflect.Type, prefix string) []string {
	var keys []string
	for i := range t.NumField() {
		f := t.Field(i)
		key := joinKey(prefix, f.Tag.Get("toml"))
		if f.Type.Kind() == reflect.Struct {
			keys = append(keys, configKeys(f.Type, key)...)
		} else {
			keys = append(keys, key)
		}
	}
	slices.Sort(keys)
	return keys
}

func writeConfig(t *testing.T, path, text string) {
	t.Helper()
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
}

// dropDacOverride gives up, in this thread, root's right to read every file. The thread ends with the test.
func dropDacOverride(t *testing.T) {
	t.Helper()
	runtime.LockOSThread() // and never unlock it: a thread without its rights must not serve another test
	header := unix.CapUserHeader{Version: unix.LINUX_CAPABILITY_VERSION_3}
	var data [2]unix.CapUserData
	if err := unix.Capget(&header, &data[0]); err != nil {
		t.Fatal(err)
	}
	const mask = 1<<unix.CAP_DAC_OVERRIDE | 1<<unix.CAP_DAC_READ_SEARCH
	data[0].Effective &^= mask
	if err := unix.Capset(&header, &data[0]); err != nil {
		t.Fatal(err)
	}
}
