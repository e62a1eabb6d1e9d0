"""The ward: consent, kit, collection, handover."""
