package bus

import (
	"fmt"
	"math"
	"time"

	"github.com/godbus/dbus/v5"
)

// A field is one key of an a{sv}: how it is written and read. Reading is strict: the type is the one that stands here,
// a word is one of those that are known, a number fits.
type field[T any] struct {
	key, typ string
	get      func(*T) any
	set      func(*T, any) error
}

// encode writes every field.
func encode[T any](fields []field[T], t *T) map[string]dbus.Variant {
	m := make(map[string]dbus.Variant, len(fields))
	for _, f := range fields {
		m[f.key] = dbus.MakeVariant(f.get(t))
	}
	return m
}

// decode reads the fields that are there.
func decode[T any](fields []field[T], m map[string]dbus.Variant) (T, error) {
	var t, zero T
	for _, f := range fields {
		v, there := m[f.key]
		if !there {
			continue
		}
		if v.Signature().String() != f.typ {
			return zero, fmt.Errorf("%s has another type than %s", f.key, f.typ)
		}
		if err := f.set(&t, v.Value()); err != nil {
			return zero, fmt.Errorf("%s: %w", f.key, err)
		}
	}
	return t, nil
}

// newField makes a field whose value on the wire is a W and in Go a V.
func newField[T, V, W any](key string, at func(*T) *V, to func(V) W, from func(W) (V, error)) field[T] {
	var w W
	return field[T]{
		key: key, typ: dbus.SignatureOf(w).String(),
		get: func(t *T) any { return to(*at(t)) },
		set: func(t *T, value any) error {
			w, ok := value.(W)
			if !ok {
				return fmt.Errorf("is a %T", value)
			}
			v, err := from(w)
			if err == nil {
				*at(t) = v
			}
			return err
		},
	}
}

// same takes a value as it is.
func same[V any](v V) V           { return v }
func sound[V any](v V) (V, error) { return v, nil }
func flag[T any](key string, at func(*T) *bool) field[T] {
	return newField(key, at, same[bool], sound[bool])
}

// serial is a number that grows: t.
func serial[T any](key string, at func(*T) *uint64) field[T] {
	return newField(key, at, same[uint64], sound[uint64])
}

// count is a number of things: u.
func count[T any, V ~int | ~uint32](key string, at func(*T) *V) field[T] {
	return newField(key, at, func(v V) uint32 { return uint32(min(max(int64(v), 0), math.MaxUint32)) },
		func(w uint32) (V, error) { return V(w), nil })
}

// size is a number of bytes: t.
func size[T any](key string, at func(*T) *int64) field[T] {
	return newField(key, at, toSize, fromSize)
}

func toSize(v int64) uint64 { return uint64(max(v, 0)) }

func fromSize(w uint64) (int64, error) {
	if w > math.MaxInt64 {
		return 0, fmt.Errorf("is too much")
	}
	return int64(w), nil
}

// usec is a duration in microseconds: x, and its key ends in USec, as systemd's do.
func usec[T any](key string, at func(*T) *time.Duration) field[T] {
	return newField(key+"USec", at, func(d time.Duration) int64 { return d.Microseconds() },
		func(w int64) (time.Duration, error) {
			if w < 0 || w > math.MaxInt64/1000 {
				return 0, fmt.Errorf("is no duration")
			}
			return time.Duration(w) * time.Microsecond, nil
		})
}

// instant is a time in microseconds since 1970, 0 when there is none: x.
func instant[T any](key string, at func(*T) *time.Time) field[T] {
	return newField(key+"USec", at, func(t time.Time) int64 {
		if t.IsZero() {
			return 0
		}
		return t.UnixMicro()
	}, func(w int64) (time.Time, error) {
		if w == 0 {
			return time.Time{}, nil
		}
		return time.UnixMicro(w), nil
	})
}
