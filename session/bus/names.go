package bus

import "github.com/godbus/dbus/v5"

// Where the station is on the bus.
const (
	// Name is the well-known name that the service owns.
	Name = "org.estran.Station1"
	// Path is its only object.
	Path dbus.ObjectPath = "/org/estran/Station1"
	// SystemBus is the address of the system bus (dbus-daemon(1)). It is fixed: a root service does not let the
	// environment say whom it talks to.
	SystemBus = "unix:path=/run/dbus/system_bus_socket"

	stationInterface     = "org.estran.Station1"
	maintenanceInterface = "org.estran.Maintenance1"
	propertiesInterface  = "org.freedesktop.DBus.Properties"
	introspectInterface  = "org.freedesktop.DBus.Introspectable"
	busName              = "org.freedesktop.DBus"
)

// Bounds of what is taken from the bus and put on it.
const (
	// largestMessage is the largest message that is taken, in bytes: a list of mostItems documents fits.
	largestMessage = 1 << 20
	// mostItems is how many files or documents one call may name, or one answer may list.
	mostItems = 100_000
	// mostText is how many bytes of names one answer holds. A message of 32 MiB ends the connection of its sender
	// (dbus-daemon(1), max_message_size), and the names are those of a visitor's key.
	mostText = 16 << 20
	// mostCalls is how many calls are carried out at once; more are refused.
	mostCalls = 64
	// mostSteps is how many steps a wipe may tell.
	mostSteps = 64
)
