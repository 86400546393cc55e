package atomicfile

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"syscall"
	"testing"
)

// nobody is the user whom systems know as such.
const nobody = 65534

// unprivileged makes the rest of a test run as a user to whom permissions apply, who
// owns the folder. Root may do everything; its thread lays that down for a while.
func unprivileged(t *testing.T, dir string) {
	if os.Geteuid() != 0 {
		return
	}
	check(t, os.Chmod(filepath.Dir(dir), 0o755))
	check(t, os.Chown(dir, nobody, nobody))
	runtime.LockOSThread()
	check(t, syscall.Setfsuid(nobody))
	t.Cleanup(func() {
		check(t, syscall.Setfsuid(0))
		runtime.UnlockOSThread()
	})
}

// What its user must not write is not replaced, and where nothing can be put beside a
// file it is written to.
func TestPermissionsHold(t *testing.T) {
	dir := t.TempDir()
	unprivileged(t, dir)
	guarded, lone := filepath.Join(dir, "guarded"), filepath.Join(dir, "closed", "lone")
	check(t, os.WriteFile(guarded, []byte("kept"), 0o444))
	if _, err := New(guarded); !errors.Is(err, fs.ErrPermission) {
		t.Errorf("a guarded file: %v", err)
	}
	check(t, os.Mkdir(filepath.Dir(lone), 0o755))
	check(t, os.WriteFile(lone, []byte("before"), 0o644))
	check(t, os.Chmod(filepath.Dir(lone), 0o555))
	defer func() { check(t, os.Chmod(filepath.Dir(lone), 0o755)) }()
	if _, err := os.Create(filepath.Join(filepath.Dir(lone), "beside")); err == nil {
		t.Error("the folder takes another file")
	}
	write(t, lone, "after")
}
