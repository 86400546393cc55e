package document

// The kinds of problems, which readers see as finding ids document.<code>.
const (
	// CodeTooLarge: more bytes than Limits.Bytes.
	CodeTooLarge = "too_large"
	// CodeUnreadable: the file could not be read.
	CodeUnreadable = "unreadable"
	// CodeEmpty: no content, or nothing but comments.
	CodeEmpty = "empty"
	// CodeNotUTF8: bytes that are not UTF-8, usually GBK or UTF-16.
	CodeNotUTF8 = "not_utf8"
	// CodeControlCharacter: a control character, written or escaped.
	CodeControlCharacter = "control_character"
	// CodeBidiCharacter: a character that changes the reading direction.
	CodeBidiCharacter = "bidi_character"
	// CodeInvisibleCharacter: a character that does not show.
	CodeInvisibleCharacter = "invisible_character"
	// CodeTab: a tab where YAML wants spaces.
	CodeTab = "tab"
	// CodeTooDeep: lists and maps nested beyond Limits.Depth.
	CodeTooDeep = "too_deep"
	// CodeTooManyNodes: more values and keys than Limits.Nodes.
	CodeTooManyNodes = "too_many_nodes"
	// CodeTooManyKeys: a map with more keys than Limits.Keys.
	CodeTooManyKeys = "too_many_keys"
	// CodeTooManyAliases: aliases that expand beyond Limits.Aliases.
	CodeTooManyAliases = "too_many_aliases"
	// CodeAliasCycle: an anchor that contains itself.
	CodeAliasCycle = "alias_cycle"
	// CodeUnknownAlias: an alias without an anchor before it.
	CodeUnknownAlias = "unknown_alias"
	// CodeSyntax: not YAML.
	CodeSyntax = "syntax"
	// CodeUnspacedColon: a key whose colon is full-width or lacks its space.
	CodeUnspacedColon = "unspaced_colon"
	// CodeLookAlike: a blank, dash, quote or bracket that looks like YAML's.
	CodeLookAlike = "look_alike"
	// CodeConflict: the marks that git leaves where a merge was not finished.
	CodeConflict = "conflict"
	// CodeDirective: a line that starts with %, an order to the parser.
	CodeDirective = "directive"
	// CodeMultipleDocuments: a second document in one file.
	CodeMultipleDocuments = "multiple_documents"
	// CodeDuplicateKey: a key that its map already has.
	CodeDuplicateKey = "duplicate_key"
	// CodeBadKey: a key that is not text.
	CodeBadKey = "bad_key"
	// CodeMergeKey: the merge key <<.
	CodeMergeKey = "merge_key"
	// CodeBadTag: a tag that is not allowed or does not fit its value.
	CodeBadTag = "bad_tag"
	// CodeBadNumber: not a number (NaN), or one too large for a machine.
	CodeBadNumber = "bad_number"
	// CodeMore: comes last and says how many problems are not listed.
	CodeMore = "more_problems"
)
