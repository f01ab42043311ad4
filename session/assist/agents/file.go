package agents

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"

	"estran/session/ownfile"
)

// Path is the file of the agents of a station.
const Path = "/etc/estran/agents.json"

// version is that of both files. A file of another one is refused: what it says may mean something else.
const version = 1

// largest bounds both files, in bytes; ours are some thousand.
const largest = 1 << 20

// mostAgents bounds how many there are on one station.
const mostAgents = 500

// register is what stands in the file.
type register struct {
	Version int       `json:"version"`
	Agents  []Account `json:"agents"`
}

// read reads the accounts. A file that is not there holds none.
func read(path string) ([]Account, error) {
	data, err := ownfile.Read(path, largest)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	accounts, err := parse(data)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", path, err)
	}
	return accounts, nil
}

// parse reads what stands in a file, strictly.
func parse(data []byte) ([]Account, error) {
	if err := checkVersion(data); err != nil {
		return nil, err
	}
	var r register
	if err := unmarshal(data, &r); err != nil {
		return nil, fmt.Errorf("%w: mend it, or put back the one before", err)
	}
	return r.Agents, check(r.Agents)
}

// checkVersion comes first: a newer file has fields that are unknown here.
func checkVersion(data []byte) error {
	var v struct {
		Version *int `json:"version"`
	}
	switch err := json.Unmarshal(data, &v); {
	case err != nil:
		return errors.New("it is no JSON, or cut: put back the one before")
	case v.Version == nil:
		return errors.New("version: it has none; put back the one before")
	case *v.Version > version:
		return fmt.Errorf("version: it is %d, and this Estran reads %d: upgrade Estran, or put back the one before", *v.Version, version)
	case *v.Version != version:
		return fmt.Errorf("version: it is %d, and this Estran reads %d", *v.Version, version)
	}
	return nil
}

func check(accounts []Account) error {
	if len(accounts) > mostAgents {
		return fmt.Errorf("agents: more than %d", mostAgents)
	}
	seen := map[string]bool{}
	for i, a := range accounts {
		if err := a.check(); err != nil {
			return fmt.Errorf("agent %d: %w", i+1, err)
		}
		if seen[a.Login] {
			return fmt.Errorf("agent %d: login: it stands twice", i+1)
		}
		seen[a.Login] = true
	}
	return nil
}

func encode(accounts []Account) ([]byte, error) {
	if err := check(accounts); err != nil {
		return nil, err
	}
	if accounts == nil {
		accounts = []Account{}
	}
	return marshal(register{version, accounts})
}

func marshal(v any) ([]byte, error) {
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	e.SetIndent("", "  ")
	err := e.Encode(v)
	return b.Bytes(), err
}
