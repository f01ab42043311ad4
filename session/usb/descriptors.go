package usb

// The descriptors that tell what a device is (Universal Serial Bus 2.0, 9.4, table 9-5).
const (
	typeDevice        = 1
	typeConfiguration = 2
	typeInterface     = 4

	sizeDevice        = 18
	sizeConfiguration = 9
	sizeInterface     = 9
)

// class is the three bytes by which an interface says what it is (https://www.usb.org/defined-class-codes).
type class struct{ base, sub, protocol byte }

// function is an interface as its device describes it.
type function struct {
	class
	configuration int // the how-manieth configuration it is in
	endpoints     byte
}

// descriptors are what a device says that it is. The zero value says nothing.
type descriptors struct {
	vendor    uint16
	device    class
	functions []function // of all configurations: a driver may choose another than the first
}

// decode reads the file "descriptors" of sysfs: the device's descriptor, then each configuration with all that is in it.
// It stops at the first that does not hold together: the kernel hands on none (drivers/usb/core/config.c cuts a
// configuration there). What came before it is told all the same, so that one bad byte hides no keyboard.
func decode(raw []byte) descriptors {
	var d descriptors
	configuration := -1
	for len(raw) >= 2 {
		size := int(raw[0])
		if size < 2 || size > len(raw) {
			break
		}
		switch one := raw[:size]; {
		case one[1] == typeDevice && size >= sizeDevice:
			d.device = class{one[4], one[5], one[6]}
			d.vendor = uint16(one[8]) | uint16(one[9])<<8
		case one[1] == typeConfiguration && size >= sizeConfiguration:
			configuration++
		case one[1] == typeInterface && size >= sizeInterface:
			d.functions = append(d.functions, function{class{one[5], one[6], one[7]}, configuration, one[4]})
		}
		raw = raw[size:]
	}
	return d
}
