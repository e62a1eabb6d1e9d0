"""What departed from the procedure: reported in three facts, judged by quality."""
