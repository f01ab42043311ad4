package main

import (
	"encoding/csv"
	"io"
	"strconv"

	"estran/session"
	"estran/session/assist/activity"
)

// fewCode is told in the place of a number under session.FewPeople.
const fewCode = "moins_de_5"

// writeActivityCSV writes a table for a spreadsheet (RFC 4180): a line for each number, and nothing that a spreadsheet
// could take for a formula, since all words in it are ours.
func writeActivityCSV(w io.Writer, r activity.Report) error {
	table := csv.NewWriter(w)
	table.UseCRLF = true
	rows := [][]string{{"month", "place", "equipment", "margin", "code", "count"}}
	for _, m := range r.Months {
		add := func(margin, code, count string) {
			rows = append(rows, []string{m.Month, activity.Place, activity.Equipment, margin, code, count})
		}
		if m.Few {
			add("total", "total", fewCode)
			continue
		}
		add("total", "total", strconv.Itoa(m.Total))
		for _, margin := range m.Margins {
			for _, cell := range margin.Cells {
				add(margin.Name, cell.Code, strconv.Itoa(cell.Count))
			}
		}
	}
	return table.WriteAll(rows)
}

// activityJSON is the output of activity export --json; its names are an interface (estranctl(8)).
type activityJSON struct {
	Place     string          `json:"place"`
	Equipment string          `json:"equipment"`
	Least     int             `json:"least"`
	Months    []activityMonth `json:"months"`
	Spoilt    bool            `json:"spoilt"`
	Aside     bool            `json:"set_aside"`
}

type activityMonth struct {
	Month string `json:"month"`
	// Total is null with Few.
	Total   *int                      `json:"total"`
	Few     bool                      `json:"few"`
	Margins map[string]map[string]int `json:"margins"`
}

func activityReport(r activity.Report) activityJSON {
	report := activityJSON{
		Place: activity.Place, Equipment: activity.Equipment, Least: session.FewPeople, Months: []activityMonth{},
		Spoilt: r.Spoilt, Aside: r.Aside,
	}
	for _, m := range r.Months {
		month := activityMonth{Month: m.Month, Few: m.Few, Margins: map[string]map[string]int{}}
		if !m.Few {
			month.Total = &m.Total
		}
		for _, margin := range m.Margins {
			cells := map[string]int{}
			for _, c := range margin.Cells {
				cells[c.Code] = c.Count
			}
			month.Margins[margin.Name] = cells
		}
		report.Months = append(report.Months, month)
	}
	return report
}
