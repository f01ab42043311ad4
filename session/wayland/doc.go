// Package wayland speaks just enough of the Wayland wire protocol to ask two things of a compositor.
//
// The first is a socket of the browser's own, on which the compositor offers none of its privileged protocols: no
// picture of the screen, no keyboard of one's own making, no clipboard of others (wp_security_context_v1). The second is
// to be told when nobody touches the computer any more (ext_idle_notify_v1, or org_kde_kwin_idle before it).
//
// What comes from a compositor is foreign: it is read within bounds of size and of time, and anything that is not
// understood is an error. A compositor that says nothing keeps nobody waiting longer than the caller's context.
//
// The protocol: https://wayland.freedesktop.org/docs/html/ch04.html; the extensions are in wayland-protocols
// (staging/security-context, staging/ext-idle-notify) and in plasma-wayland-protocols (idle.xml).
package wayland
