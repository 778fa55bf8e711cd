"""A folder or an address -> the store there."""

from __future__ import annotations

from lampiran.ingest.stores import LocalStore, Store


def open_store(address: str) -> Store:
    """Return the store at an address: a folder, or `s3://bucket/prefix` and the like. Raises `UsageError` without the extra."""
    if "://" in address and not address.startswith("file://"):
        from lampiran.ingest.remote import RemoteStore  # an extra

        return RemoteStore(address)
    return LocalStore(address.removeprefix("file://"))
