//go:build vm

package vm

import (
	"archive/tar"
	"bytes"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// fleet is a playbook as a town would write it: the role, with all that it can do.
const fleet = `- hosts: all
  become: true
  roles:
    - role: estran
      vars:
        estran_package: /root/estran.deb
        estran_settings:
          station:
            name: "Médiathèque « du port »"
          session:
            length: 45m
        estran_clamav_mirror: https://clamav.example.org
        estran_journal_url: http://10.0.2.2:PORT
        estran_metrics: true
        estran_metrics_exporter: true
`

// TestFleet: the Ansible role makes a station of a fresh Debian, changes nothing when it runs again, and the station has
// its settings, its metrics, its mirror and its collector after a reboot.
func TestFleet(t *testing.T) {
	collector := NewSite(t)
	m := Debian(t)
	m.must(m.agent.write("/root/estran.deb", packageUnderTest(t)), "copy the package into the guest")
	m.must(m.agent.write("/root/role.tar", archive(t, "../ansible/roles")), "copy the role into the guest")
	port := regexp.MustCompile(`:(\d+)/`).FindStringSubmatch(collector.URL)[1]
	m.must(m.agent.write("/root/site.yml", []byte(strings.ReplaceAll(fleet, "PORT", port))), "copy the playbook into the guest")
	m.Shell(`mkdir /root/roles; tar -C /root/roles -xf /root/role.tar
systemctl unmask clamav-freshclam.service
apt-get update; apt-get install --yes ansible-core python3-apt`)

	const play = "cd /root; ansible-playbook --inventory localhost, --connection local site.yml 2>&1"
	first := m.Try("sh", "-c", play)
	m.Keep("ansible-first", first.stdout)
	if first.code != 0 {
		t.Fatalf("the role fails:\n%s", tail(first.stdout, 30))
	}
	again := m.Try("sh", "-c", play)
	m.Keep("ansible-again", again.stdout)
	if again.code != 0 || !strings.Contains(again.stdout, "changed=0 ") {
		t.Errorf("the role changes something when it runs again:\n%s", tail(again.stdout, 30))
	}

	m.Reboot()
	m.AwaitReady()
	m.Picture("station")
	settings := m.Guest("cat", "/etc/estran/estran.toml")
	for _, line := range []string{`name = "Médiathèque « du port »"`, `length = "45m"`} {
		if !strings.Contains(settings, line) {
			t.Errorf("estran.toml lacks %s:\n%s", line, settings)
		}
	}
	if mirror := m.Guest("cat", "/etc/clamav/freshclam.conf"); !strings.Contains(mirror, "PrivateMirror https://clamav.example.org\n") {
		t.Errorf("freshclam has no mirror:\n%s", mirror)
	}
	m.Guest("systemctl", "start", "estran-metrics.service")
	metrics := m.Guest("cat", "/var/lib/prometheus/node-exporter/estran.prom")
	for _, line := range []string{"estran_up 1", `estran_state{state="ready"} 1`} {
		if !strings.Contains(metrics, line) {
			t.Errorf("the metrics lack %s:\n%s", line, metrics)
		}
	}
	m.Await("the collector has the journal", patient, func() bool { return collector.Saw("/upload") })
}

// archive is a tar of a folder of this machine.
func archive(t testing.TB, folder string) []byte {
	t.Helper()
	var b bytes.Buffer
	w := tar.NewWriter(&b)
	if err := w.AddFS(os.DirFS(filepath.Clean(folder))); err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}
