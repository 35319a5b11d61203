"""Files that the engine writes for itself or packs for others: results that are kept between builds, lines of CSV, ZIP files."""

from evidence.files.cache import Cache, keep, made_by, read_cache, write_cache

__all__ = ["Cache", "csv_lines", "keep", "made_by", "read_cache", "write_cache", "zips"]
