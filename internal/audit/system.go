package audit

import (
	"context"
	"errors"
	"io/fs"
	"syscall"

	"hegui/internal/lang"
	"hegui/internal/source"
)

// systemText is what an error of the operating system says by itself, in both
// languages; zero for any other.
func systemText(err error) lang.Text {
	if parts := errors.Unwrap(err); parts != nil {
		return lang.Text{} // it says more than the system does
	}
	for _, known := range []struct {
		err  error
		said lang.Text
	}{
		{source.ErrSymlink, lang.Say("是符号链接，或要经过符号链接", "is or leads through a symbolic link")},
		{source.ErrOutside, lang.Say("在仓库之外", "leads outside the tree")},
		{source.ErrNotDir, lang.Say("不是目录", "is not a directory")},
		{source.ErrNotRegular, lang.Say("不是普通文件", "is not a regular file")},
		{source.ErrTooLarge, lang.Say("太大", "is too large")},
		{source.ErrTooDeep, lang.Say("目录层数太多，路径太长", "is nested too deeply")},
		{context.Canceled, lang.Say("被中断", "interrupted")},
		{fs.ErrNotExist, lang.Say("没有这个文件或目录", "no such file or directory")},
		{fs.ErrPermission, lang.Say("没有权限", "permission denied")},
		{fs.ErrExist, lang.Say("已经存在", "file exists")},
		{fs.ErrClosed, lang.Say("文件已经关闭", "file already closed")},
		{syscall.EISDIR, lang.Say("是目录", "is a directory")},
		{syscall.ENOTDIR, lang.Say("不是目录", "not a directory")},
		{syscall.ENOSPC, lang.Say("磁盘已满", "no space left on device")},
		{syscall.EFBIG, lang.Say("文件太大", "file too large")},
		{syscall.EBUSY, lang.Say("正被占用", "device or resource busy")},
		{syscall.EROFS, lang.Say("文件系统只读", "read-only file system")},
		{syscall.ENAMETOOLONG, lang.Say("名称太长", "file name too long")},
		{syscall.ELOOP, lang.Say("符号链接绕成了圈", "too many levels of symbolic links")},
		{syscall.EPIPE, lang.Say("管道的另一端已经关闭", "broken pipe")},
		{syscall.EMFILE, lang.Say("打开的文件太多", "too many open files")},
		{syscall.EIO, lang.Say("读写出错", "input/output error")},
		{syscall.EINVAL, lang.Say("参数无效", "invalid argument")},
		{syscall.ETXTBSY, lang.Say("文件正在运行", "text file busy")},
		{syscall.EXDEV, lang.Say("跨越了文件系统", "invalid cross-device link")},
	} {
		if errors.Is(err, known.err) {
			return known.said
		}
	}
	return lang.Text{}
}
