package mandate_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"estran/assets"
	"estran/session"
	"estran/session/assist/mandate"
)

var today = time.Date(2026, 11, 26, 15, 4, 0, 0, time.UTC)

func TestSampleCanBeSigned(t *testing.T) {
	if got := mandate.Sample(today).Check(today); got != nil {
		t.Errorf("the sample has problems: %v", got)
	}
}

func TestNewIsOneDayAndNothingMore(t *testing.T) {
	c := session.AssistConfig{Structure: "CCAS", Address: "Mairie", Function: "Agent", Contact: "dpo"}
	m := mandate.New(c, today)
	if m.Structure != c.Structure || m.Address != c.Address || m.Function != c.Function || m.Contact != c.Contact {
		t.Errorf("the structure is %q, %q, %q, %q", m.Structure, m.Address, m.Function, m.Contact)
	}
	if !m.From.Equal(today) || !m.Until.Equal(today) || m.Keep != mandate.KeepNone || m.Redirect ||
		m.Protection != mandate.ProtectionUnasked {
		t.Error("a new mandate allows more than it must")
	}
	m.Explained[mandate.ExplainData] = true // the map is there
	var got []string
	for _, p := range m.Check(today) {
		got = append(got, p.Code)
	}
	want := []string{
		"person_missing", "agent_missing", "explained_missing", "explained_missing", "explained_missing",
		"protection_unasked", "formalities_missing", "sites_missing",
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

// Each change of a sound mandate gives the one problem.
func TestCheck(t *testing.T) {
	type problem = mandate.Problem
	long := strings.Repeat("é", mandate.MaxName)
	for what, c := range map[string]struct {
		change func(*mandate.Mandate)
		want   []problem
	}{
		"no person":         {func(m *mandate.Mandate) { m.Person = " \t" }, []problem{{"person", -1, "person_missing"}}},
		"no agent":          {func(m *mandate.Mandate) { m.Agent = "" }, []problem{{"agent", -1, "agent_missing"}}},
		"200 characters":    {func(m *mandate.Mandate) { m.Person = session.Private(long) }, nil},
		"201 characters":    {func(m *mandate.Mandate) { m.Person = session.Private(long + "x") }, []problem{{"person", -1, "text_long"}}},
		"quotes, slashes":   {func(m *mandate.Mandate) { m.Person = `D’Arc "J" \ / (x) <b> %s` }, nil},
		"Arabic, emoji":     {func(m *mandate.Mandate) { m.Person, m.Agent = "ليلى بن علي", "👩🏽‍💻 Zoé" }, nil},
		"combining marks":   {func(m *mandate.Mandate) { m.Person = "Zoe\u0301" }, nil},
		"a turned text":     {func(m *mandate.Mandate) { m.Person = "a\u202eb" }, []problem{{"person", -1, "text_signs"}}},
		"two lines":         {func(m *mandate.Mandate) { m.Agent = "a\nb" }, []problem{{"agent", -1, "text_signs"}}},
		"broken text":       {func(m *mandate.Mandate) { m.Agent = "a\xff" }, []problem{{"agent", -1, "text_signs"}}},
		"a long address":    {func(m *mandate.Mandate) { m.Address = long + "x" }, []problem{{"address", -1, "text_long"}}},
		"a bad place":       {func(m *mandate.Mandate) { m.Place = "a\x00" }, []problem{{"place", -1, "text_signs"}}},
		"lines to write on": {func(m *mandate.Mandate) { m.Structure, m.Address, m.Function, m.Contact, m.Place = "", "", "", "", "" }, nil},
		"one not explained": {func(m *mandate.Mandate) { delete(m.Explained, mandate.ExplainRights) }, []problem{{"explained", 2, "explained_missing"}}},
		"nothing explained": {func(m *mandate.Mandate) {
			m.Explained = map[mandate.Explanation]bool{mandate.ExplainWithdraw: true, mandate.ExplainData: true, mandate.ExplainRights: true}
		}, []problem{{"explained", 0, "explained_missing"}}},
		"not asked":         {func(m *mandate.Mandate) { m.Protection = "" }, []problem{{"protection", -1, "protection_unasked"}}},
		"tutelle":           {func(m *mandate.Mandate) { m.Protection = mandate.ProtectionTutelle }, []problem{{"protection", -1, "protection_stop"}}},
		"unsure":            {func(m *mandate.Mandate) { m.Protection = mandate.ProtectionUnsure }, []problem{{"protection", -1, "protection_stop"}}},
		"unknown measure":   {func(m *mandate.Mandate) { m.Protection = "habilitation" }, []problem{{"protection", -1, "protection_stop"}}},
		"no formality":      {func(m *mandate.Mandate) { m.Formalities = nil }, []problem{{"formalities", -1, "formalities_missing"}}},
		"twelve":            {func(m *mandate.Mandate) { m.Formalities = slices.Repeat(m.Formalities, 3) }, nil},
		"thirteen":          {func(m *mandate.Mandate) { m.Formalities = append(slices.Repeat(m.Formalities, 3), m.Formalities[0]) }, []problem{{"formalities", -1, "formalities_many"}}},
		"no detail":         {func(m *mandate.Mandate) { m.Formalities[3].Detail = " " }, []problem{{"formalities", 3, "detail_missing"}}},
		"a long detail":     {func(m *mandate.Mandate) { m.Formalities[0].Detail = session.Private(long) }, []problem{{"formalities", 0, "text_long"}}},
		"unknown formality": {func(m *mandate.Mandate) { m.Formalities[1].Kind = "all" }, []problem{{"formalities", 1, "formality_unknown"}}},
		"no site":           {func(m *mandate.Mandate) { m.Sites = nil }, []problem{{"sites", -1, "sites_missing"}}},
		"too many sites":    {func(m *mandate.Mandate) { m.Sites = slices.Repeat([]session.Private{"caf.fr"}, session.MaxActSites+1) }, []problem{{"sites", -1, "sites_many"}}},
		"a family":          {func(m *mandate.Mandate) { m.Sites[1] = "gouv.fr" }, []problem{{"sites", 1, "host_wide"}}},
		"a long site": {func(m *mandate.Mandate) {
			m.Sites[0] = session.Private(strings.Repeat("a", 40) + "." + strings.Repeat("b", 38) + ".fr")
		}, []problem{{"sites", 0, "text_long"}}},
		"a service":        {func(m *mandate.Mandate) { m.Sites[0] = "la CAF" }, []problem{{"sites", 0, "host_form"}}},
		"unknown place":    {func(m *mandate.Mandate) { m.Keep = "browser" }, []problem{{"keep", -1, "keep_unknown"}}},
		"no first day":     {func(m *mandate.Mandate) { m.From = time.Time{} }, []problem{{"from", -1, "from_missing"}}},
		"no last day":      {func(m *mandate.Mandate) { m.Until = time.Time{} }, []problem{{"until", -1, "until_missing"}}},
		"yesterday":        {func(m *mandate.Mandate) { m.From, m.Until = today.AddDate(0, 0, -2), today.AddDate(0, 0, -1) }, []problem{{"until", -1, "until_past"}}},
		"the wrong way":    {func(m *mandate.Mandate) { m.Until = today.AddDate(0, 0, -1) }, []problem{{"until", -1, "until_before"}}},
		"earlier today":    {func(m *mandate.Mandate) { m.Until = today.Add(-15 * time.Hour) }, nil},
		"a year":           {func(m *mandate.Mandate) { m.Until = today.AddDate(1, 0, 0) }, nil},
		"a year and a day": {func(m *mandate.Mandate) { m.Until = today.AddDate(1, 0, 1) }, []problem{{"until", -1, "until_long"}}},
	} {
		m := mandate.Sample(today)
		c.change(&m)
		got := m.Check(today)
		if diff := cmp.Diff(c.want, got); diff != "" {
			t.Errorf("%s (-want +got):\n%s", what, diff)
		}
		for _, p := range got {
			if !slices.Contains(mandate.ProblemCodes(), p.Code) {
				t.Errorf("%s: the code %s is not in ProblemCodes", what, p.Code)
			}
		}
	}
}

func TestEveryProblemHasItsText(t *testing.T) {
	for _, lang := range assets.Languages() {
		for _, code := range mandate.ProblemCodes() {
			if key := "mandate.problem." + code; !assets.In(lang).Has(key) {
				t.Errorf("%s has no text %s", lang, key)
			}
		}
	}
}
