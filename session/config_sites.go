package session

import (
	"fmt"
	"strings"
)

const (
	maxSites    = 30
	maxSiteName = 40
	maxSiteWhat = 40
)

// WhatIn is what one does on a site, in the visitor's language; the French where there is no English, "" where there is
// none.
func (s Site) WhatIn(lang string) string {
	if lang == "en" && s.WhatEN != "" {
		return s.WhatEN
	}
	return s.What
}

// sites reads the list of official sites. A list in the file takes the place of the default one, even an empty list.
func (r *configReader) sites(value any) {
	list, isList := value.([]any)
	if !isList {
		r.wrong("sites", shown(value)+" is not a list of sites", "write [[sites]] above the name and the url of each")
		return
	}
	if len(list) > maxSites {
		r.wrong("sites", fmt.Sprintf("there are %d sites", len(list)), fmt.Sprintf("write at most %d", maxSites))
		return
	}
	r.config.Sites = nil
	first := map[string]int{}
	for i, item := range list {
		key := fmt.Sprintf("sites[%d]", i)
		site := r.site(key, item)
		if site.Name != "" {
			if line, twice := first[site.Name]; twice {
				r.wrong(key+".name", fmt.Sprintf("%q is there twice", site.Name), fmt.Sprintf("the first one is in line %d", line))
			} else {
				first[site.Name] = r.lines.of(key + ".name")
			}
		}
		r.config.Sites = append(r.config.Sites, site)
	}
}

// site reads one site; what is wrong in it stays empty.
func (r *configReader) site(key string, item any) (site Site) {
	table, isTable := item.(map[string]any)
	if !isTable {
		r.wrong(key, shown(item)+" is not a site", `write { name = "…", url = "https://…" }`)
		return Site{}
	}
	for k, v := range table {
		text, isText := v.(string)
		problem, allowed := "", ""
		switch k {
		case "name":
			allowed = fmt.Sprintf("write 1 to %d characters, on one line", maxSiteName)
			if problem = lineProblem(text, maxSiteName); !isText || strings.TrimSpace(text) == "" {
				problem = shown(v) + " is not a name"
			}
			site.Name = text
		case "what", "what_en":
			allowed = fmt.Sprintf("write at most %d characters, on one line", maxSiteWhat)
			if problem = lineProblem(text, maxSiteWhat); !isText {
				problem = shown(v) + " is not a text"
			}
			if k == "what" {
				site.What = text
			} else {
				site.WhatEN = text
			}
		case "url":
			allowed = "write the whole address, https://…"
			if problem = addressProblem(text); !isText {
				problem = shown(v) + " is not an address"
			}
			site.URL = text
		default:
			problem, allowed = "unknown", "the keys of a site are name, url, what, what_en"
		}
		if problem != "" {
			r.wrong(key+"."+k, problem, allowed)
		}
	}
	for _, k := range []string{"name", "url"} {
		if _, given := table[k]; !given {
			r.wrong(key, "the site has no "+k, "write both name and url")
		}
	}
	return site
}
