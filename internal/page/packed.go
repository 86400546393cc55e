package page

import (
	"bytes"
	"compress/flate"
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
	return template.HTML(fmt.Sprintf(`<script type="text/plain" class="packed" data-size="%d">%s</script>`, size.n, spelt(content.Bytes()))), nil
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

// spelt are bytes as text: 13 bits, the lowest first, in two of 91 signs, a tenth shorter
// than base64. The signs are those from # to }, and ! for <, which would be markup.
func spelt(content []byte) []byte {
	out := make([]byte, 0, len(content)*16/13+4)
	held, holds := 0, 0
	for i := 0; i < len(content) || holds > 0; {
		for ; holds < 13 && i < len(content); holds += 8 {
			held |= int(content[i]) << holds
			i++
		}
		for _, n := range []int{held & 0x1fff / 91, held & 0x1fff % 91} {
			sign := byte('#' + n)
			if sign == '<' {
				sign = '!'
			}
			out = append(out, sign)
		}
		held, holds = held>>13, max(0, holds-13)
	}
	return out
}
