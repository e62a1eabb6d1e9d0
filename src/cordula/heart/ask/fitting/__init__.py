"""Which circulation would be read so? From echo and catheter numbers to eight hidden ones, and what stays hidden."""
