"""A shop's file: TOML read into values, every mistake named, and loaded into the books.

`read_files` reads and checks, `load` writes. Nothing is loaded while any file has a mistake.
"""

from store.shopfile.loading import Loaded, load
from store.shopfile.mistakes import Mistake, ShopFileError
from store.shopfile.reading import read_files, read_text
from store.shopfile.values import ShopFile

__all__ = ["Loaded", "Mistake", "ShopFile", "ShopFileError", "load", "read_files", "read_text"]
