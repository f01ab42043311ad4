package bus

import (
	"context"

	"github.com/godbus/dbus/v5"
)

// property is one line of the table of properties. All are read-only.
type property struct {
	iface, name, typ string
	changes          string // org.freedesktop.DBus.Property.EmitsChangedSignal
	get              func(context.Context, *Server) (any, error)
}

var properties = []property{
	{stationInterface, "Status", "a{sv}", "true", getStatus},
	{stationInterface, "Version", "s", "const", getVersion},
	{maintenanceInterface, "Status", "a{sv}", "false", getStatus},
}

func getStatus(ctx context.Context, s *Server) (any, error) {
	status, err := s.Station.Status(ctx)
	if err != nil {
		return nil, err
	}
	return encode(statusFields, &status), nil
}

func getVersion(_ context.Context, s *Server) (any, error) { return s.Version, nil }

func getProperty(ctx context.Context, s *Server, c *call) ([]any, error) {
	p, err := findProperty(c.args[0].(string), c.args[1].(string))
	if err != nil {
		return nil, err
	}
	v, err := p.get(ctx, s)
	if err != nil {
		return nil, err
	}
	return []any{dbus.MakeVariant(v)}, nil
}

func getProperties(ctx context.Context, s *Server, c *call) ([]any, error) {
	all := map[string]dbus.Variant{}
	for _, p := range properties {
		if p.iface != c.args[0].(string) {
			continue
		}
		v, err := p.get(ctx, s)
		if err != nil {
			return nil, err
		}
		all[p.name] = dbus.MakeVariant(v)
	}
	return []any{all}, nil
}

func setProperty(_ context.Context, _ *Server, c *call) ([]any, error) {
	if _, err := findProperty(c.args[0].(string), c.args[1].(string)); err != nil {
		return nil, err
	}
	return nil, refusal("org.freedesktop.DBus.Error.PropertyReadOnly", "nothing can be set")
}

func findProperty(iface, name string) (property, error) {
	for _, p := range properties {
		if p.iface == iface && p.name == name {
			return p, nil
		}
	}
	return property{}, refusal("org.freedesktop.DBus.Error.UnknownProperty", "there is no such property")
}
