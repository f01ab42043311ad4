package conditions

// others are the conditions without which the station opens all the same.
func others() []condition {
	return []condition{
		forgetting, kernelOptions, kernelSettings, consoleKeys, accounts, accountFiles, unitsActive, usbPorts, compositor,
		browserThere, browserPolicies, antivirus, printing, journal, mainCourante, connectionLines, helpers, listeners, bootMenu,
		updates, reboot, clock, disk, debian, packageFiles,
	}
}
