"""Citations in pages: mkdocs-bibtex finds and replaces them; what stands in their place comes from the engine."""

from __future__ import annotations

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs_bibtex.citation import Citation, CitationBlock, InlineReference
from mkdocs_bibtex.registry import ReferenceRegistry

from evidence.crosslinks import resolving
from evidence.text.addresses import slug


class EvidenceRegistry(ReferenceRegistry):  # type: ignore[misc]
    """What mkdocs-bibtex asks for the words of a citation on the page `current`.

    Keys have been checked before, so there is nothing to validate; the plugin's own footnotes are not used.
    """

    def __init__(self) -> None:
        self.footnote_format = "{key}"  # the base class would parse the .bib again; the engine has read it
        self.current: resolving.ResolvedPage | None = None

    def validate_citation_blocks(self, citation_blocks: list[CitationBlock]) -> None:
        """Nothing to do: the engine has checked every key."""

    def validate_inline_references(self, inline_references: list[InlineReference]) -> set[InlineReference]:
        """No citations outside brackets."""
        return set()

    def inline_text(self, citation_block: CitationBlock) -> str:
        """The links for one citation, found by the number that `ResolvedPage.numbered` gave it."""
        first = citation_block.citations[0].prefix.strip()
        if self.current is None or not first.isdigit() or int(first) >= len(self.current.links):
            raise PluginError(f"mkdocs-bibtex reads {citation_block} as a citation, which the engine does not know")
        expected = [slug(item.key) for item in self.current.citations[int(first)].items]
        if [citation.key for citation in citation_block.citations] != expected:
            raise PluginError(f"mkdocs-bibtex reads {citation_block} otherwise than the engine does: {expected}")
        return self.current.links[int(first)]

    def reference_text(self, citation: Citation | InlineReference) -> str:
        """Unused: a page's reference list is the engine's."""
        return ""


def use_registry(config: MkDocsConfig) -> EvidenceRegistry:
    """Have mkdocs-bibtex ask the engine. Raises PluginError where it is missing."""
    bibtex = config.plugins.get("bibtex")
    if bibtex is None:
        raise PluginError("mkdocs.yml: the plugin 'bibtex' is missing; add it under 'plugins'")
    bibtex.registry = registry = EvidenceRegistry()
    # The plugin then takes its bibliography for up to date and does not parse it again.
    bibtex.last_configured = float("inf")
    return registry
