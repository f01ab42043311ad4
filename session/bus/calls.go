package bus

import (
	"context"
	"strings"
	"unicode/utf8"

	"github.com/godbus/dbus/v5"

	"estran/session"
)

// Status tells the present state.
func (c *Client) Status(ctx context.Context) (session.Status, error) {
	var v dbus.Variant
	err := c.call(ctx, propertiesInterface+".Get", []any{&v}, stationInterface, "Status")
	if err != nil {
		return session.Status{}, err
	}
	m, _ := v.Value().(map[string]dbus.Variant)
	return decodeStatus(m)
}

// Open opens a session.
func (c *Client) Open(ctx context.Context, o session.OpenOptions) error {
	return c.ask(ctx, "Open", encode(openFields, &o))
}

// Touch puts the idle limit off, and the going of the receipt.
func (c *Client) Touch(ctx context.Context) error { return c.ask(ctx, "Touch", none()) }

// Extend adds an extension.
func (c *Client) Extend(ctx context.Context) error { return c.ask(ctx, "Extend", none()) }

// Pause hides the session behind a code.
func (c *Client) Pause(ctx context.Context, code session.Private) error {
	return c.askCode(ctx, "Pause", code)
}

// Resume comes back from a pause.
func (c *Client) Resume(ctx context.Context, code session.Private) error {
	return c.askCode(ctx, "Resume", code)
}

// askCode gives a code. One that the bus cannot carry still counts as a try: it is given as an empty one.
func (c *Client) askCode(ctx context.Context, method string, code session.Private) error {
	text := code.Reveal()
	if !utf8.ValidString(text) || strings.Contains(text, "\x00") || len(text) > longestWord {
		text = ""
	}
	return c.ask(ctx, method, text, none())
}

// End ends the session.
func (c *Client) End(ctx context.Context) error { return c.ask(ctx, "End", none()) }

// Receipt is what the last wipe did.
func (c *Client) Receipt(ctx context.Context) (session.Receipt, error) {
	var m map[string]dbus.Variant
	if err := c.call(ctx, stationInterface+".Receipt", []any{&m}, none()); err != nil {
		return session.Receipt{}, err
	}
	return decode(receiptFields, m)
}

// PrintReceipt prints the receipt.
func (c *Client) PrintReceipt(ctx context.Context) error { return c.ask(ctx, "PrintReceipt", none()) }

// Dismiss leaves the receipt.
func (c *Client) Dismiss(ctx context.Context) error { return c.ask(ctx, "Dismiss", none()) }

// Browse opens the private browser. The terminal goes to the service as a descriptor, and is closed here.
func (c *Client) Browse(ctx context.Context, o session.BrowseOptions) error {
	m := encode(browseFields, &browseOptions{site: o.Site})
	delete(m, "terminal")
	if o.Terminal != nil {
		defer o.Terminal.Close()
		m["terminal"] = dbus.MakeVariant(dbus.UnixFD(o.Terminal.Fd()))
	}
	if o.Site < 0 {
		return session.ErrNotFound
	}
	return c.ask(ctx, "Browse", m)
}

// ResizeBrowser tells the text browser that its terminal has another size.
func (c *Client) ResizeBrowser(ctx context.Context) error { return c.ask(ctx, "ResizeBrowser", none()) }

// CloseBrowser closes the browser.
func (c *Client) CloseBrowser(ctx context.Context) error { return c.ask(ctx, "CloseBrowser", none()) }

// Medium lists the files of the key.
func (c *Client) Medium(ctx context.Context) ([]session.MediumFile, error) {
	var list []mediumFile
	if err := c.call(ctx, stationInterface+".Medium", []any{&list}, none()); err != nil {
		return nil, err
	}
	return fromMediumFiles(list)
}

// CopyIn copies files from the key.
func (c *Client) CopyIn(ctx context.Context, files []session.FileID, o session.CopyOptions) error {
	return c.ask(ctx, "CopyIn", fileNumbers(files), encode(copyFields, &o))
}

// CheckFirst has files of the key checked before the others.
func (c *Client) CheckFirst(ctx context.Context, files []session.FileID) error {
	return c.ask(ctx, "CheckFirst", fileNumbers(files), none())
}

func fileNumbers(files []session.FileID) []uint32 {
	list := make([]uint32, len(files))
	for i, id := range files {
		list[i] = uint32(id)
	}
	return list
}

// CopyOut copies documents to the key.
func (c *Client) CopyOut(ctx context.Context, documents []session.DocumentID, o session.CopyOptions) error {
	list := make([]uint64, len(documents))
	for i, id := range documents {
		list[i] = uint64(id)
	}
	return c.ask(ctx, "CopyOut", list, encode(copyFields, &o))
}

// CancelCopy stops the copy that runs.
func (c *Client) CancelCopy(ctx context.Context) error { return c.ask(ctx, "CancelCopy", none()) }

// Eject makes the key safe to pull out.
func (c *Client) Eject(ctx context.Context) error { return c.ask(ctx, "Eject", none()) }

// Documents lists what the session holds.
func (c *Client) Documents(ctx context.Context) ([]session.Document, error) {
	var list []document
	if err := c.call(ctx, stationInterface+".Documents", []any{&list}, none()); err != nil {
		return nil, err
	}
	return fromDocuments(list)
}

// Delete deletes one document.
func (c *Client) Delete(ctx context.Context, id session.DocumentID) error {
	return c.ask(ctx, "Delete", uint64(id), none())
}

// Print sends one document to the printer.
func (c *Client) Print(ctx context.Context, id session.DocumentID) error {
	return c.ask(ctx, "Print", uint64(id), none())
}

// BeginMaintenance stops the station for IT.
func (c *Client) BeginMaintenance(ctx context.Context, force bool) error {
	return c.call(ctx, maintenanceInterface+".Begin", nil, encode(beginFields, &beginOptions{force}))
}

// FinishMaintenance gives the station back to visitors.
func (c *Client) FinishMaintenance(ctx context.Context) error {
	return c.call(ctx, maintenanceInterface+".Finish", nil, none())
}
