package page

import (
	"bytes"
	"compress/flate"
	"encoding/base64"
	"fmt"
	"html/template"
	"io"
)

// packed is HTML as the script of a page puts it in its place: compressed, since what
// is long on a page says the same words over and over, and takes a sixth of the room.
func (p *Pages) packed(write func(io.Writer) error) (template.HTML, error) {
	packer, err := p.packer()
	if err != nil {
		return "", err
	}
	defer p.packers.Put(packer)
	var content bytes.Buffer
	packer.Reset(&content)
	size := &counter{to: packer}
	if err := write(size); err != nil {
		return "", err
	}
	if err := packer.Close(); err != nil || size.n == 0 {
		return "", err
	}
	return template.HTML(fmt.Sprintf(`<script type="text/plain" class="packed" data-size="%d">%s</script>`, size.n, base64.StdEncoding.EncodeToString(content.Bytes()))), nil
}

// packer is one that is not in use: they are large.
func (p *Pages) packer() (*flate.Writer, error) {
	if packer, ok := p.packers.Get().(*flate.Writer); ok {
		return packer, nil
	}
	return flate.NewWriter(nil, flate.BestCompression)
}

// counter counts what is written through it.
type counter struct {
	to io.Writer
	n  int
}

func (c *counter) Write(b []byte) (int, error) {
	n, err := c.to.Write(b)
	c.n += n
	return n, err
}
