"""Read and print ISBT 128: the structures only; the licensed tables are the site's own, loaded at run time.

The structures are those of the ISBT 128 Standard Technical Specification, ST-001 version 6.2.2, called ST-001
in this room. Start at `scan.scan` to read a bar code and at the `format` of any structure to print one.
"""
