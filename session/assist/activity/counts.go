package activity

import (
	"errors"
	"fmt"
	"maps"
	"slices"
)

// most bounds any counter: no station helps so many.
const most = 1_000_000

// counts are the counters of a day or a month: how many there were, and each margin by itself.
type counts struct {
	Total  int            `json:"total"`
	Mode   map[string]int `json:"mode"`
	Length map[string]int `json:"length"`
	Kind   map[string]int `json:"kind"`
	Theme  map[string]int `json:"theme"`
	Age    map[string]int `json:"age"`
	Status map[string]int `json:"status"`
}

func (c *counts) margin(name string) *map[string]int {
	return map[string]*map[string]int{
		MarginMode: &c.Mode, MarginLength: &c.Length, MarginKind: &c.Kind, MarginTheme: &c.Theme, MarginAge: &c.Age,
		MarginStatus: &c.Status,
	}[name]
}

// add counts codes by margin once more.
func (c *counts) add(codes map[string][]string) {
	c.Total++
	for margin, list := range codes {
		for _, code := range list {
			bump(c.margin(margin), code, 1)
		}
	}
}

// join adds other counts to these.
func (c *counts) join(more counts) {
	c.Total += more.Total
	for _, margin := range Margins() {
		for code, n := range *more.margin(margin) {
			bump(c.margin(margin), code, n)
		}
	}
}

func bump(counters *map[string]int, code string, n int) {
	if *counters == nil {
		*counters = map[string]int{}
	}
	(*counters)[code] += n
}

// copied is the same, which shares nothing.
func (c counts) copied() counts {
	var same counts
	same.join(c)
	return same
}

// check says what is wrong with counts that were read. Each margin but the themes has every intervention once; those have
// it once or more.
func (c counts) check() error {
	if c.Total < 1 || c.Total > most {
		return errors.New("total: it is no count")
	}
	for _, margin := range Margins() {
		sum := 0
		for code, n := range *c.margin(margin) {
			if !slices.Contains(Codes(margin), code) || n < 1 || n > c.Total {
				return fmt.Errorf("%s: a counter is none of ours", margin)
			}
			sum += n
		}
		if sum < c.Total || sum > c.Total && margin != MarginTheme {
			return fmt.Errorf("%s: it does not add up", margin)
		}
	}
	return nil
}

func sum(counters map[string]int) (n int) {
	for v := range maps.Values(counters) {
		n += v
	}
	return n
}
