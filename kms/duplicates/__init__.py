"""What was already done: text reuse, same studies, editions and copies, with the evidence."""
