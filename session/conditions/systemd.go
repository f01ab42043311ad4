package conditions

import (
	"context"
	"fmt"
	"strings"
)

// setting is the value that counts of a key in a configuration of systemd, "" when none is set (systemd-analyze(1),
// cat-config: all its files, in the order in which systemd reads them; the last one counts).
func (e *exam) setting(ctx context.Context, file, section, key string) (string, error) {
	out, err := e.Run(ctx, "systemd-analyze", "cat-config", "--no-pager", "systemd/"+file)
	if err != nil {
		return "", fmt.Errorf("cannot read systemd/%s: %w", file, err)
	}
	value, in := "", ""
	for line := range strings.Lines(out) {
		line = strings.TrimSpace(line)
		if name, is := strings.CutPrefix(line, "["); is {
			in = strings.TrimSuffix(name, "]")
			continue
		}
		if k, v, is := strings.Cut(line, "="); is && in == section && strings.TrimSpace(k) == key {
			value = strings.TrimSpace(v)
		}
	}
	return value, nil
}
