package cli

import (
	"hegui/internal/editor"
	"hegui/internal/handbook"
)

// pages writes the reference of the rulebook that applies here as pages into a
// folder.
func (a *app) pages(dir string) error {
	p, err := a.open()
	if err != nil {
		return err
	}
	book, err := a.loadRulebook(p)
	if err != nil {
		return err
	}
	tree, _, err := a.rulebookTree(p)
	if err != nil {
		return err
	}
	overlays, err := handbook.Overlays(tree, book)
	if err != nil {
		return err
	}
	g := generated{files: map[string][]byte{}, own: handbook.Generated, markSize: handbook.MarkSize}
	for _, page := range handbook.Pages(book, overlays) {
		g.files[page.Path] = page.Text
	}
	for _, folder := range handbook.PagesDirs() {
		g.globs = append(g.globs, folder+"/*.md")
	}
	return a.put(dir, g)
}

// schemas writes the schemas of the rulebook that applies here for editors into a
// folder, in the user's language.
func (a *app) schemas(dir string) error {
	book, err := a.openBook()
	if err != nil {
		return err
	}
	g := generated{files: map[string][]byte{}, own: editor.Generated, markSize: editor.MarkSize, globs: []string{"*" + editor.Suffix}}
	for _, s := range editor.Bundled(book.Schemas) {
		g.files[s.Name+editor.Suffix] = editor.Bundle(book.Schemas, s, a.lang)
	}
	return a.put(dir, g)
}
