package bus

import (
	"context"
	"os"

	"github.com/godbus/dbus/v5"
	"golang.org/x/sys/unix"

	"estran/session"
)

// method is one line of the table: what a caller sends, who may, what comes back.
type method struct {
	iface, name string
	in, out     string
	who         who
	options     []option
	call        func(ctx context.Context, s *Server, c *call) ([]any, error)
}

// option is a key of an a{sv} and its type.
type option struct{ key, typ string }

func optionsOf[T any](fields []field[T]) []option {
	var out []option
	for _, f := range fields {
		out = append(out, option{f.key, f.typ})
	}
	return out
}

// call is a call as it came.
type call struct {
	path dbus.ObjectPath
	args []any
	file *os.File // came beside it; closed after the call unless it was given on
}

// act makes a method of the station that takes options and gives nothing back. The first argument, when there is one,
// is checked by its signature before it comes here.
func act[T any](name, in string, fields []field[T], f func(context.Context, session.Station, *call, T) error) method {
	return method{
		iface: stationInterface, name: name, in: in + "a{sv}", who: kiosk, options: optionsOf(fields),
		call: func(ctx context.Context, s *Server, c *call) ([]any, error) {
			o, err := options(fields, c.args[len(c.args)-1])
			if err != nil {
				return nil, err
			}
			return nil, f(ctx, s.Station, c, o)
		},
	}
}

// tell makes a method of the station that gives one value back.
func tell[V any](name, out string, f func(context.Context, session.Station) (V, error)) method {
	return method{
		iface: stationInterface, name: name, in: "a{sv}", out: out, who: kiosk,
		call: func(ctx context.Context, s *Server, c *call) ([]any, error) {
			if _, err := options(noFields, c.args[0]); err != nil {
				return nil, err
			}
			v, err := f(ctx, s.Station)
			return []any{v}, err
		},
	}
}

// plain makes a method of the station without arguments or options.
func plain(name string, f func(session.Station, context.Context) error) method {
	return act(name, "", noFields, func(ctx context.Context, st session.Station, _ *call, _ struct{}) error {
		return f(st, ctx)
	})
}

// methods is all that can be called.
var methods = append(visitMethods, assistMethods...)

// visitMethods are those of a visitor's session, and what IT and readers may ask.
var visitMethods = []method{
	act("Open", "", openFields, func(ctx context.Context, st session.Station, _ *call, o session.OpenOptions) error {
		return st.Open(ctx, o)
	}),
	plain("Touch", session.Station.Touch),
	plain("Extend", session.Station.Extend),
	act("Pause", "s", noFields, func(ctx context.Context, st session.Station, c *call, _ struct{}) error {
		return st.Pause(ctx, session.Private(c.args[0].(string)))
	}),
	act("Resume", "s", noFields, func(ctx context.Context, st session.Station, c *call, _ struct{}) error {
		return st.Resume(ctx, session.Private(c.args[0].(string)))
	}),
	plain("End", session.Station.End),
	tell("Receipt", "a{sv}", func(ctx context.Context, st session.Station) (map[string]dbus.Variant, error) {
		r, err := st.Receipt(ctx)
		return encode(receiptFields, &r), err
	}),
	plain("PrintReceipt", session.Station.PrintReceipt),
	plain("Dismiss", session.Station.Dismiss),

	act("Browse", "", browseFields, browse),
	plain("ResizeBrowser", session.Station.ResizeBrowser),
	plain("CloseBrowser", session.Station.CloseBrowser),

	tell("Medium", "a(ustxbsas)", func(ctx context.Context, st session.Station) ([]mediumFile, error) {
		files, err := st.Medium(ctx)
		return toMediumFiles(files), err
	}),
	act("CopyIn", "au", copyFields, func(ctx context.Context, st session.Station, c *call, o session.CopyOptions) error {
		files, err := ids[session.FileID](c.args[0].([]uint32))
		if err != nil {
			return err
		}
		return st.CopyIn(ctx, files, o)
	}),
	act("CopyOut", "at", copyFields, func(ctx context.Context, st session.Station, c *call, o session.CopyOptions) error {
		documents, err := ids[session.DocumentID](c.args[0].([]uint64))
		if err != nil {
			return err
		}
		return st.CopyOut(ctx, documents, o)
	}),
	act("CheckFirst", "au", noFields, func(ctx context.Context, st session.Station, c *call, _ struct{}) error {
		files, err := ids[session.FileID](c.args[0].([]uint32))
		if err != nil {
			return err
		}
		return st.CheckFirst(ctx, files)
	}),
	plain("CancelCopy", session.Station.CancelCopy),
	plain("Eject", session.Station.Eject),

	tell("Documents", "a(tstbb)", func(ctx context.Context, st session.Station) ([]document, error) {
		documents, err := st.Documents(ctx)
		return toDocuments(documents), err
	}),
	act("Delete", "t", noFields, func(ctx context.Context, st session.Station, c *call, _ struct{}) error {
		return st.Delete(ctx, session.DocumentID(c.args[0].(uint64)))
	}),
	act("Print", "t", noFields, func(ctx context.Context, st session.Station, c *call, _ struct{}) error {
		return st.Print(ctx, session.DocumentID(c.args[0].(uint64)))
	}),

	{
		iface: maintenanceInterface, name: "Begin", in: "a{sv}", who: staff, options: optionsOf(beginFields),
		call: func(ctx context.Context, s *Server, c *call) ([]any, error) {
			o, err := options(beginFields, c.args[0])
			if err != nil {
				return nil, err
			}
			return nil, s.Maintainer.BeginMaintenance(ctx, o.force)
		},
	},
	{
		iface: maintenanceInterface, name: "Finish", in: "a{sv}", who: staff,
		call: func(ctx context.Context, s *Server, c *call) ([]any, error) {
			if _, err := options(noFields, c.args[0]); err != nil {
				return nil, err
			}
			return nil, s.Maintainer.FinishMaintenance(ctx)
		},
	},

	{iface: propertiesInterface, name: "Get", in: "ss", out: "v", who: reader, call: getProperty},
	{iface: propertiesInterface, name: "GetAll", in: "s", out: "a{sv}", who: reader, call: getProperties},
	{iface: propertiesInterface, name: "Set", in: "ssv", who: reader, call: setProperty},
	{iface: introspectInterface, name: "Introspect", out: "s", who: reader, call: describe},
}

func ids[To ~uint32 | ~uint64, From uint32 | uint64](list []From) ([]To, error) {
	if len(list) > mostItems {
		return nil, tooMuch("the list is too long")
	}
	out := make([]To, len(list))
	for i, id := range list {
		out[i] = To(id)
	}
	return out, nil
}

// isTerminal says that a descriptor is a terminal. The browser gets it as its own: not a folder, not a socket.
func isTerminal(f *os.File) bool {
	_, err := unix.IoctlGetTermios(int(f.Fd()), unix.TCGETS)
	return err == nil
}

// browse hands the terminal on: the station closes it.
func browse(ctx context.Context, st session.Station, c *call, o browseOptions) error {
	switch {
	case bool(o.terminal) != (c.file != nil):
		return invalid("terminal does not name the descriptor that came")
	case c.file != nil && !isTerminal(c.file):
		return invalid("terminal is not a terminal")
	}
	t := c.file
	c.file = nil
	return st.Browse(ctx, session.BrowseOptions{Site: o.site, Terminal: t})
}
