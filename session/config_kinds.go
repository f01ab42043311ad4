package session

import (
	"encoding"
	"fmt"
	"slices"
	"strings"
	"time"
	"unicode/utf8"
)

// durationRule allows a duration from least to most.
func durationRule(d *Duration, least, most time.Duration) configRule {
	between := fmt.Sprintf("from %s to %s", Duration(least), Duration(most))
	return measureRule(d, Duration(least), Duration(most), "a duration", durationForm+", "+between)
}

// sizeRule allows a number of bytes from least to most.
func sizeRule(s *Size, least, most Size) configRule {
	between := fmt.Sprintf("from %s to %s", least, most)
	return measureRule(s, least, most, "a size", sizeForm+", "+between)
}

// measureRule allows a number with its unit, written as a string.
func measureRule[T Duration | Size, P interface {
	*T
	encoding.TextUnmarshaler
}](to P, least, most T, what, allowed string,
) configRule {
	return configRule{allowed, func(value any) string {
		text, isText := value.(string)
		var v T
		if !isText || P(&v).UnmarshalText([]byte(text)) != nil {
			return shown(value) + " is not " + what
		}
		switch {
		case v < least:
			return shown(value) + " is too little"
		case v > most:
			return shown(value) + " is too much"
		}
		*to = v
		return ""
	}}
}

// countRule allows a whole number from least to most.
func countRule(n *int, least, most int) configRule {
	return configRule{fmt.Sprintf("write a whole number from %d to %d", least, most), func(value any) string {
		v, isInt := value.(int64)
		switch {
		case !isInt:
			return shown(value) + " is not a whole number"
		case v < int64(least):
			return shown(value) + " is too little"
		case v > int64(most):
			return shown(value) + " is too much"
		}
		*n = int(v)
		return ""
	}}
}

// yesRule allows true and false.
func yesRule(to *bool) configRule {
	return configRule{"write true or false", func(value any) string {
		v, isBool := value.(bool)
		if !isBool {
			return shown(value) + " is neither true nor false"
		}
		*to = v
		return ""
	}}
}

// oneOfRule allows a few words.
func oneOfRule[T ~string](to *T, words ...T) configRule {
	quoted := make([]string, len(words))
	for i, w := range words {
		quoted[i] = fmt.Sprintf("%q", string(w))
	}
	last := len(quoted) - 1
	allowed := "write " + strings.Join(quoted[:last], ", ") + " or " + quoted[last]
	return configRule{allowed, func(value any) string {
		text, isText := value.(string)
		if !isText || !slices.Contains(words, T(text)) {
			return shown(value) + " is unknown"
		}
		*to = T(text)
		return ""
	}}
}

// shown writes a value of the document as an error quotes it.
func shown(value any) string {
	switch v := value.(type) {
	case string:
		if utf8.RuneCountInString(v) > 60 {
			v = string([]rune(v)[:60]) + "…"
		}
		return fmt.Sprintf("%q", v)
	case map[string]any:
		return "a section"
	case []any:
		return "a list"
	default:
		return fmt.Sprint(v)
	}
}
