"""Files that the engine writes for itself or packs for others: results that are cached between builds, lines of CSV, ZIP files; what pandoc makes."""

from evidence.files.cache import Cache, made_by, read_cache, store, write_cache

__all__ = ["Cache", "csv_lines", "made_by", "pandoc", "read_cache", "store", "write_cache", "zips"]
