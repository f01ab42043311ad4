package station

import (
	"testing"
	"time"
)

// LookAgain looks at the vital conditions now, which a station does by itself now and then.
func (s *Station) LookAgain() { s.lookAgain() }

// LookEvery has stations look so often by themselves, until the test ends.
func LookEvery(t *testing.T, d time.Duration) {
	before := vitalEvery
	vitalEvery = d
	t.Cleanup(func() { vitalEvery = before })
}

// PurgeEvery has stations purge the access log so often by themselves, until the test ends.
func PurgeEvery(t *testing.T, d time.Duration) {
	before := purgeEvery
	purgeEvery = d
	t.Cleanup(func() { purgeEvery = before })
}

// AwaitQueue has stations wait so long for a print queue, until the test ends.
func AwaitQueue(t *testing.T, d time.Duration) {
	before := queueBound
	queueBound = d
	t.Cleanup(func() { queueBound = before })
}

// LookPath has stations find programs so, until the test ends.
func LookPath(t *testing.T, look func(string) (string, error)) {
	before := lookPath
	lookPath = look
	t.Cleanup(func() { lookPath = before })
}

// AwaitPapers sets how long a receipt may take to be printed, for a test.
func AwaitPapers(t testing.TB, d time.Duration) {
	before := paperWait
	paperWait = d
	t.Cleanup(func() { paperWait = before })
}

// LookForAgentsEvery has stations look so often whether somebody can sign in, until the test ends.
func LookForAgentsEvery(t *testing.T, d time.Duration) {
	before := agentsEvery
	agentsEvery = d
	t.Cleanup(func() { agentsEvery = before })
}

// AskPrinterEvery has stations ask so often why nothing is printed, until the test ends.
func AskPrinterEvery(t *testing.T, d time.Duration) {
	before := problemEvery
	problemEvery = d
	t.Cleanup(func() { problemEvery = before })
}
