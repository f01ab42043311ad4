package wayland

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
)

// Privileged are the protocols with which one window could see, move or imitate others, or the compositor itself, by
// interface. A browser needs none of them. It is the list of wlroots' and the staging protocols of wayland-protocols,
// those to come as well.
var Privileged = []string{
	// Pictures of the screen.
	"zwlr_screencopy_manager_v1", "zwlr_export_dmabuf_manager_v1", "ext_image_copy_capture_manager_v1",
	"ext_output_image_capture_source_manager_v1", "ext_foreign_toplevel_image_capture_source_manager_v1",
	// A keyboard and a mouse of one's own making.
	"zwp_virtual_keyboard_manager_v1", "zwlr_virtual_pointer_manager_v1", "zwp_input_method_manager_v2",
	"zwp_keyboard_shortcuts_inhibit_manager_v1", "ext_transient_seat_manager_v1", "zwlr_input_inhibit_manager_v1",
	// The clipboard without a window that has the focus.
	"zwlr_data_control_manager_v1", "ext_data_control_manager_v1",
	// Windows above all others, and those of others.
	"zwlr_layer_shell_v1", "ext_session_lock_manager_v1", "zwlr_foreign_toplevel_manager_v1",
	"ext_foreign_toplevel_list_v1", "ext_workspace_manager_v1",
	// The screens themselves.
	"zwlr_output_manager_v1", "zwlr_output_power_manager_v1", "zwlr_gamma_control_manager_v1", "wp_drm_lease_device_v1",
	// A way out.
	managerInterface,
}

// unprivileged gives an error when whoever connects to a socket is offered something in Privileged.
func unprivileged(ctx context.Context, socket string) error {
	globals, err := Globals(ctx, socket)
	if err != nil {
		return fmt.Errorf("cannot see what the browser is offered: %w", err)
	}
	var seen []string
	for _, g := range globals {
		if slices.Contains(Privileged, g.Interface) {
			seen = append(seen, g.Interface)
		}
	}
	if len(seen) > 0 {
		return fmt.Errorf("the compositor offers the browser %s", strings.Join(seen, ", "))
	}
	if len(globals) == 0 {
		return errors.New("the compositor offers the browser nothing")
	}
	return nil
}
