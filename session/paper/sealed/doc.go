// Package sealed is a sheet on its way from the kiosk, which knows the people, to the service, which prints it: a file
// that is in memory only (memfd_create(2)), sealed so that nobody changes it any more (fcntl(2), F_ADD_SEALS), and that is
// gone when the last of the two lets it go.
package sealed
